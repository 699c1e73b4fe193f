package dev.slipway.edge.graph;

import dev.slipway.tflite.BuiltinOperator;
import dev.slipway.tflite.OperatorOptions;
import dev.slipway.tflite.OperatorVersions;
import dev.slipway.tflite.TfliteModel;
import dev.slipway.tflite.TfliteOperator;
import dev.slipway.tflite.TfliteSignature;
import dev.slipway.tflite.TfliteSubgraph;
import dev.slipway.tflite.TfliteTensor;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Numbers the values of a graph, and the graphs of its control flow, and so makes a TFLite model of it. */
public final class TfliteEmitter {
    private static final int ABSENT = -1;

    // The entry's place is kept while its bodies are numbered.
    private final List<TfliteSubgraph> subgraphs = new ArrayList<>();

    private TfliteEmitter() {}

    public static TfliteModel emit(EdgeGraph graph, String description) {
        TfliteEmitter emitter = new TfliteEmitter();
        EdgeGraph whole = withOwnOutputs(graph, false);
        emitter.subgraph(whole, "main");
        TfliteSubgraph entry = emitter.subgraphs.get(0);
        TfliteSignature signature = new TfliteSignature(
                TfliteSignature.DEFAULT_KEY,
                0,
                named(whole.inputs().stream().map(EdgeValue::name).toList(), entry.inputs()),
                named(List.copyOf(whole.outputs().keySet()), entry.outputs()));
        return new TfliteModel(description, emitter.subgraphs, List.of(signature), Map.of());
    }

    /** Adds the graph and gives its number. */
    private int subgraph(EdgeGraph graph, String name) {
        int number = subgraphs.size();
        subgraphs.add(null);
        Numbering numbering = new Numbering(graph);
        List<Integer> inputs = numbering.of(graph.inputs());
        List<TfliteOperator> operators = new ArrayList<>();
        for (EdgeOperation operation : graph.operations()) {
            List<Integer> bodies = new ArrayList<>();
            boolean loop = operation.operator() == BuiltinOperator.WHILE;
            for (EdgeGraph body : operation.bodies()) {
                bodies.add(subgraph(
                        withOwnOutputs(body, loop),
                        name + "/" + operation.output().name() + bodies.size()));
            }
            OperatorOptions options = withBodies(operation, bodies);
            operators.add(numbering.operator(operation, options));
        }
        List<Integer> outputs = numbering.of(List.copyOf(graph.outputs().values()));
        subgraphs.set(number, new TfliteSubgraph(name, numbering.tensors, operators, inputs, outputs));
        return number;
    }

    private static OperatorOptions withBodies(EdgeOperation operation, List<Integer> bodies) {
        if (operation.operator() == BuiltinOperator.IF) {
            return new OperatorOptions.If(bodies.get(0), bodies.get(1));
        } else if (operation.operator() == BuiltinOperator.WHILE) {
            return new OperatorOptions.While(bodies.get(0), bodies.get(1));
        }
        return operation.options();
    }

    private static Map<String, Integer> named(List<String> names, List<Integer> numbers) {
        Map<String, Integer> named = new LinkedHashMap<>();
        for (int i = 0; i < names.size(); i++) {
            named.put(names.get(i), numbers.get(i));
        }
        return named;
    }

    /**
     * Every output gets a tensor that an operation makes and that is no other output. What a loop's body only passes on
     * from the input of the same number stays that input, which the runtime then need not copy.
     */
    private static EdgeGraph withOwnOutputs(EdgeGraph graph, boolean loop) {
        OperationList added = new OperationList();
        Set<EdgeValue> taken = new HashSet<>(graph.inputs());
        Set<EdgeValue> early = computedEarly(graph);
        Map<String, EdgeValue> outputs = new LinkedHashMap<>();
        graph.outputs().forEach((name, value) -> {
            boolean passedOn = loop && graph.inputs().indexOf(value) == outputs.size();
            boolean own = passedOn || (!value.isConstant() && taken.add(value));
            boolean late = !value.isConstant() && !early.contains(value);
            EdgeValue output = own ? value : copy(value, new Kernels(added, name));
            outputs.put(name, late ? output : computedLate(output, new Kernels(added, name)));
        });
        List<EdgeOperation> operations = new ArrayList<>(graph.operations());
        operations.addAll(added.operations());
        return new EdgeGraph(operations, graph.inputs(), outputs);
    }

    /** Values that depend on shapes and constants alone, which the runtime computes as it learns the shapes. */
    private static Set<EdgeValue> computedEarly(EdgeGraph graph) {
        Set<EdgeValue> early = new HashSet<>();
        for (EdgeOperation operation : graph.operations()) {
            boolean ofShapes = operation.inputs().stream()
                    .allMatch(input -> input.isAbsent() || input.isConstant() || early.contains(input));
            if (operation.operator() == BuiltinOperator.SHAPE || ofShapes) {
                early.addAll(operation.outputs());
            }
        }
        return early;
    }

    /**
     * The same value once more, by a kernel that works no sooner than all others: what a body has computed early it does
     * not give out, but whatever lies in memory there.
     */
    private static EdgeValue computedLate(EdgeValue value, Kernels kernels) {
        return switch (value.type()) {
            case INT32, INT64, FLOAT32 -> kernels.maximum(value, value);
            case BOOL -> kernels.binary(BuiltinOperator.LOGICAL_OR, value, value);
            default -> value;
        };
    }

    private static EdgeValue copy(EdgeValue value, Kernels kernels) {
        EdgeValue lengths = OperationList.isReachableByReshape(value.shape())
                ? EdgeValue.integers("shape", value.shape())
                : kernels.shape(value);
        return kernels.reshapeTo(value, lengths, value.shape());
    }

    /** The tensors of one graph. */
    private static final class Numbering {
        private final Map<EdgeValue, Integer> numbers = new LinkedHashMap<>();
        private final List<TfliteTensor> tensors = new ArrayList<>();
        private final Map<EdgeValue, String> outputNames = new LinkedHashMap<>();

        Numbering(EdgeGraph graph) {
            graph.outputs().forEach((name, value) -> outputNames.put(value, name));
        }

        TfliteOperator operator(EdgeOperation operation, OperatorOptions options) {
            List<Integer> inputs = of(operation.inputs());
            List<Integer> outputs = of(operation.outputs());
            int version = OperatorVersions.of(
                    operation.operator(),
                    options,
                    inputs.stream()
                            .map(number -> number == ABSENT
                                    ? Optional.<TfliteTensor>empty()
                                    : Optional.of(tensors.get(number)))
                            .toList(),
                    outputs.stream().map(tensors::get).toList());
            return new TfliteOperator(operation.operator(), version, inputs, outputs, options);
        }

        List<Integer> of(List<EdgeValue> values) {
            return values.stream().map(this::of).toList();
        }

        private int of(EdgeValue value) {
            if (value.isAbsent()) {
                return ABSENT;
            }
            return numbers.computeIfAbsent(value, key -> {
                String name = outputNames.getOrDefault(key, key.name());
                tensors.add(new TfliteTensor(name, key.type(), key.shape(), key.data(), key.quantization()));
                return tensors.size() - 1;
            });
        }
    }
}
