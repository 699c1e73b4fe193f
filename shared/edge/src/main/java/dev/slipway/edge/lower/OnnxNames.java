package dev.slipway.edge.lower;

import dev.slipway.edge.graph.EdgeGraph;
import dev.slipway.edge.graph.EdgeOperation;
import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.graph.Permutation;
import dev.slipway.tflite.BuiltinOperator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Gives values the names that ONNX has for them, by which results can be compared tensor by tensor. */
final class OnnxNames {
    private OnnxNames() {}

    /** A value that ONNX has under several names gets one of them. */
    static EdgeGraph give(EdgeGraph graph, Map<String, EdgeValue> values) {
        Map<EdgeValue, EdgeValue> renamed = new HashMap<>();
        graph.inputs().forEach(input -> renamed.put(input, input));
        values.forEach((name, value) -> {
            if (!value.isConstant()) {
                renamed.putIfAbsent(value, value.named(name));
            }
        });
        graph.operations().forEach(operation -> nameBefore(operation, renamed));
        List<EdgeOperation> operations = graph.operations().stream()
                .map(operation ->
                        operation.with(renamed(operation.inputs(), renamed), renamed(operation.outputs(), renamed)))
                .toList();
        Map<String, EdgeValue> outputs = new LinkedHashMap<>();
        graph.outputs().forEach((name, value) -> outputs.put(name, renamed.getOrDefault(value, value)));
        return new EdgeGraph(operations, graph.inputs(), outputs);
    }

    /** What is transposed into an ONNX value is that value too, with its axes in the order that the kernel wanted. */
    private static void nameBefore(EdgeOperation operation, Map<EdgeValue, EdgeValue> renamed) {
        if (operation.operator() == BuiltinOperator.TRANSPOSE
                && renamed.containsKey(operation.output())
                && operation.inputs().get(1).isConstant()) {
            Permutation order = new Permutation(operation.inputs().get(1).integers());
            EdgeValue before = operation.inputs().get(0);
            if (!before.isConstant()) {
                renamed.putIfAbsent(before, renamed.get(operation.output()).permuted(order.inverse()));
            }
        }
    }

    private static List<EdgeValue> renamed(List<EdgeValue> values, Map<EdgeValue, EdgeValue> renamed) {
        return values.stream().map(value -> renamed.getOrDefault(value, value)).toList();
    }
}
