package dev.slipway.edge.graph;

import dev.slipway.kernel.SlipwayException;
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
import java.util.Set;

/** Numbers the values of a graph and so makes a TFLite model of it. */
public final class TfliteEmitter {
    private final Map<EdgeValue, Integer> numbers = new LinkedHashMap<>();
    private final List<TfliteTensor> tensors = new ArrayList<>();
    private final Map<EdgeValue, String> outputNames = new LinkedHashMap<>();

    private TfliteEmitter() {}

    public static TfliteModel emit(EdgeGraph graph, String description) {
        return new TfliteEmitter().model(withOwnOutputs(graph), description);
    }

    private TfliteModel model(EdgeGraph graph, String description) {
        graph.outputs().forEach((name, value) -> outputNames.put(value, name));
        Map<String, Integer> inputs = new LinkedHashMap<>();
        graph.inputs().forEach(value -> inputs.put(value.name(), number(value)));
        List<TfliteOperator> operators = new ArrayList<>();
        for (EdgeOperation operation : graph.operations()) {
            operators.add(new TfliteOperator(
                    operation.operator(),
                    OperatorVersions.of(
                            operation.operator(),
                            operation.options(),
                            operation.inputs().stream().map(EdgeValue::shape).toList()),
                    operation.inputs().stream().map(this::number).toList(),
                    operation.outputs().stream().map(this::number).toList(),
                    operation.options()));
        }
        Map<String, Integer> outputs = new LinkedHashMap<>();
        graph.outputs().forEach((name, value) -> outputs.put(name, number(value)));
        TfliteSubgraph entry = new TfliteSubgraph(
                "main", tensors, operators, List.copyOf(inputs.values()), List.copyOf(outputs.values()));
        TfliteSignature signature = new TfliteSignature(TfliteSignature.DEFAULT_KEY, 0, inputs, outputs);
        return new TfliteModel(description, List.of(entry), List.of(signature), Map.of());
    }

    private int number(EdgeValue value) {
        return numbers.computeIfAbsent(value, key -> {
            tensors.add(
                    new TfliteTensor(outputNames.getOrDefault(key, key.name()), key.type(), key.shape(), key.data()));
            return tensors.size() - 1;
        });
    }

    /** Every output gets a tensor that an operation makes and that is no other output. */
    private static EdgeGraph withOwnOutputs(EdgeGraph graph) {
        OperationList added = new OperationList();
        Set<EdgeValue> taken = new HashSet<>(graph.inputs());
        Map<String, EdgeValue> outputs = new LinkedHashMap<>();
        graph.outputs().forEach((name, value) -> {
            if (value.isConstant() || !taken.add(value)) {
                if (!OperationList.isReachableByReshape(value.shape())) {
                    throw SlipwayException.unsupported(
                            "edge.output",
                            "Output '" + name + "' is a mere copy with several open lengths " + value.shape()
                                    + ", which can't be expressed; fix its shape or remove the output.");
                }
                outputs.put(name, added.copy(value, value.shape()));
            } else {
                outputs.put(name, value);
            }
        });
        List<EdgeOperation> operations = new ArrayList<>(graph.operations());
        operations.addAll(added.operations());
        return new EdgeGraph(operations, graph.inputs(), outputs);
    }
}
