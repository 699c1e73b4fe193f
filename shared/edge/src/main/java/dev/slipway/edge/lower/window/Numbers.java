package dev.slipway.edge.lower.window;

import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.graph.Kernels;
import dev.slipway.edge.graph.Length;
import dev.slipway.tflite.BuiltinOperator;
import dev.slipway.tflite.OperatorOptions;
import dev.slipway.tflite.TensorType;
import java.util.List;
import java.util.stream.IntStream;

/** Numbers that places are computed with. */
final class Numbers {
    private final Kernels kernels;

    Numbers(Kernels kernels) {
        this.kernels = kernels;
    }

    static EdgeValue number(double number) {
        return EdgeValue.scalar(TensorType.FLOAT32, number);
    }

    /** 0, 1, 2… as a vector of INT32. */
    EdgeValue range(Length count) {
        if (count instanceof Length.Fixed fixed) {
            return EdgeValue.integers(
                    "range", IntStream.range(0, fixed.value()).boxed().toList());
        }
        return kernels.add(
                BuiltinOperator.RANGE,
                new OperatorOptions.None(),
                List.of(
                        EdgeValue.scalar(TensorType.INT32, 0),
                        kernels.length(count),
                        EdgeValue.scalar(TensorType.INT32, 1)),
                TensorType.INT32,
                List.of(-1));
    }

    /** 0, 1, 2… as a vector of FLOAT32. */
    EdgeValue places(Length count) {
        return kernels.cast(range(count), TensorType.FLOAT32);
    }

    /** The length as a FLOAT32 scalar. */
    EdgeValue length(Length length) {
        return kernels.cast(kernels.length(length), TensorType.FLOAT32);
    }

    EdgeValue floor(EdgeValue value) {
        return kernels.unary(BuiltinOperator.FLOOR, value);
    }

    /** Between 0 and {@code last}. */
    EdgeValue clamped(EdgeValue value, EdgeValue last) {
        return kernels.maximum(kernels.minimum(value, last), EdgeValue.scalar(value.type(), 0));
    }

    /** 1 where the value is between 0 and {@code last}, otherwise 0. */
    EdgeValue inside(EdgeValue value, EdgeValue last) {
        EdgeValue both = kernels.binary(
                BuiltinOperator.LOGICAL_AND,
                kernels.compare(BuiltinOperator.GREATER_EQUAL, value, number(0)),
                kernels.compare(BuiltinOperator.LESS_EQUAL, value, last));
        return kernels.cast(both, TensorType.FLOAT32);
    }
}
