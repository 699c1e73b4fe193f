package dev.slipway.edge.optimise;

import dev.slipway.edge.graph.EdgeGraph;
import dev.slipway.edge.graph.EdgeOperation;
import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.graph.GraphPass;
import dev.slipway.tflite.BuiltinOperator;
import dev.slipway.tflite.OperatorOptions;
import dev.slipway.tflite.Quantization;
import dev.slipway.tflite.TensorType;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Computes once what several operations compute alike, such as the lengths of one value. */
public final class ShareEqual implements GraphPass {
    /** Larger constants are compared as objects only. */
    private static final int LARGEST_COMPARED_BYTES = 256;

    /** What makes results equal. */
    private record Computation(
            BuiltinOperator operator, OperatorOptions options, List<Object> inputs, List<Result> results) {}

    private record Result(TensorType type, Optional<Quantization> quantization) {}

    private record Constant(TensorType type, List<Integer> shape, ByteBuffer data) {}

    @Override
    public EdgeGraph apply(EdgeGraph graph) {
        Map<Computation, EdgeOperation> made = new HashMap<>();
        Map<EdgeValue, EdgeValue> same = new HashMap<>();
        Substitution substitution = Substitution.of(same);
        List<EdgeOperation> kept = new ArrayList<>();
        for (EdgeOperation old : graph.operations()) {
            EdgeOperation operation = substitution.of(old);
            EdgeOperation earlier =
                    operation.bodies().isEmpty() ? made.putIfAbsent(computation(operation), operation) : null;
            if (earlier == null) {
                kept.add(operation);
            } else {
                for (int i = 0; i < operation.outputs().size(); i++) {
                    same.put(operation.outputs().get(i), earlier.outputs().get(i));
                }
            }
        }
        return substitution.apply(new EdgeGraph(kept, graph.inputs(), graph.outputs()));
    }

    private static Computation computation(EdgeOperation operation) {
        return new Computation(
                operation.operator(),
                operation.options(),
                operation.inputs().stream().map(ShareEqual::identity).toList(),
                operation.outputs().stream()
                        .map(output -> new Result(output.type(), output.quantization()))
                        .toList());
    }

    private static Object identity(EdgeValue value) {
        return value.data()
                .filter(data -> data.remaining() <= LARGEST_COMPARED_BYTES)
                .<Object>map(data -> new Constant(value.type(), value.shape(), data))
                .orElse(value);
    }
}
