package dev.slipway.edge.optimise;

import dev.slipway.edge.graph.EdgeGraph;
import dev.slipway.edge.graph.EdgeOperation;
import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.graph.GraphPass;
import dev.slipway.edge.graph.Shapes;
import dev.slipway.edge.graph.TfliteEmitter;
import dev.slipway.tflite.TensorData;
import dev.slipway.tflite.TfliteWriter;
import dev.slipway.tflite.run.InterpreterSettings;
import dev.slipway.tflite.run.TfliteInterpreter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Computes now what depends on constants only, by TFLite's own kernels. (What ONNX's graph makes of constants the probe
 * has computed already; this is what lowerings make of them.)
 */
public final class FoldConstants implements GraphPass {
    /** A larger constant, such as a mask spread over an image, costs more in the file than its computation. */
    private static final long LARGEST_BYTES = 1 << 20;

    @Override
    public EdgeGraph apply(EdgeGraph graph) {
        List<EdgeOperation> foldable = foldable(graph);
        if (foldable.isEmpty()) {
            return graph;
        }
        Map<EdgeValue, EdgeValue> constants = computed(foldable, graph);
        List<EdgeOperation> rest = new ArrayList<>(graph.operations());
        rest.removeAll(new HashSet<>(foldable));
        return Substitution.of(constants).apply(new EdgeGraph(rest, graph.inputs(), graph.outputs()));
    }

    private static List<EdgeOperation> foldable(EdgeGraph graph) {
        Set<EdgeValue> known = new HashSet<>();
        List<EdgeOperation> foldable = new ArrayList<>();
        for (EdgeOperation operation : graph.operations()) {
            boolean constant = operation.inputs().stream()
                    .allMatch(input -> input.isConstant() || input.isAbsent() || known.contains(input));
            if (constant
                    && operation.bodies().isEmpty()
                    && operation.outputs().stream().allMatch(FoldConstants::isSmall)) {
                foldable.add(operation);
                known.addAll(operation.outputs());
            }
        }
        return foldable;
    }

    private static boolean isSmall(EdgeValue value) {
        return Shapes.isFixed(value.shape())
                && !value.shape().contains(0)
                && (long) Shapes.size(value.shape()) * value.type().bytes() <= LARGEST_BYTES;
    }

    private static Map<EdgeValue, EdgeValue> computed(List<EdgeOperation> foldable, EdgeGraph graph) {
        Map<String, EdgeValue> results = new LinkedHashMap<>();
        for (EdgeValue needed : needed(foldable, graph)) {
            results.put(Integer.toString(results.size()), needed);
        }
        Map<EdgeValue, EdgeValue> constants = new HashMap<>();
        byte[] model = TfliteWriter.write(TfliteEmitter.emit(new EdgeGraph(foldable, List.of(), results), ""));
        try (TfliteInterpreter interpreter = TfliteInterpreter.open(model, InterpreterSettings.plain())) {
            interpreter.evaluate(Map.of()).forEach((name, data) -> {
                EdgeValue value = results.get(name);
                constants.put(value, constant(value.name(), data));
            });
        }
        return constants;
    }

    /** The results that are read by operations that stay, or are outputs. */
    private static Set<EdgeValue> needed(List<EdgeOperation> foldable, EdgeGraph graph) {
        Set<EdgeOperation> folded = new HashSet<>(foldable);
        Set<EdgeValue> made = new HashSet<>();
        foldable.forEach(operation -> made.addAll(operation.outputs()));
        Set<EdgeValue> needed = new HashSet<>(graph.outputs().values());
        graph.operations().stream()
                .filter(operation -> !folded.contains(operation))
                .forEach(operation -> needed.addAll(operation.inputs()));
        needed.retainAll(made);
        return needed;
    }

    private static EdgeValue constant(String name, TensorData data) {
        return EdgeValue.constant(name, data.type(), data.shape(), data.data());
    }
}
