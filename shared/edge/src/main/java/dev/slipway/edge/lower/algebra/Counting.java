package dev.slipway.edge.lower.algebra;

import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.graph.Kernels;
import dev.slipway.edge.graph.Length;
import dev.slipway.tflite.BuiltinOperator;
import dev.slipway.tflite.OperatorOptions;
import dev.slipway.tflite.TensorType;
import java.util.List;
import java.util.stream.IntStream;

/** The numbers 0, 1, 2… as values. */
final class Counting {
    private Counting() {}

    /** As many as the length says, INT32: a constant if it is fixed. */
    static EdgeValue upTo(Kernels kernels, Length length) {
        if (length instanceof Length.Fixed fixed) {
            return EdgeValue.integers(
                    "numbers", IntStream.range(0, fixed.value()).boxed().toList());
        }
        return range(kernels, kernels.length(length), EdgeValue.scalar(TensorType.INT32, 1));
    }

    /** From 0 to before {@code end} in these steps, all INT32. */
    static EdgeValue range(Kernels kernels, EdgeValue end, EdgeValue step) {
        return kernels.add(
                BuiltinOperator.RANGE,
                new OperatorOptions.None(),
                List.of(EdgeValue.scalar(TensorType.INT32, 0), end, step),
                TensorType.INT32,
                List.of(-1));
    }
}
