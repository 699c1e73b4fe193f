package dev.slipway.edge.lower.movement;

import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.graph.Kernels;
import dev.slipway.edge.graph.Length;
import dev.slipway.tflite.BuiltinOperator;
import dev.slipway.tflite.TensorType;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** ONNX's indices, which may be negative and of 64 bits, as TFLite's kernels want them. */
record Indices(Kernels kernels) {

    /** Integers as INT32, those beyond it as its nearest. */
    EdgeValue saturated(EdgeValue integers) {
        if (integers.type() != TensorType.INT64) {
            return kernels.cast(integers, TensorType.INT32);
        }
        if (integers.isConstant()) {
            ByteBuffer data = integers.data().orElseThrow();
            List<Integer> clamped = new ArrayList<>();
            while (data.hasRemaining()) {
                clamped.add(saturated(data.getLong()));
            }
            return EdgeValue.integers(integers.name(), integers.shape(), clamped);
        }
        EdgeValue low = kernels.maximum(integers, EdgeValue.scalar(TensorType.INT64, Integer.MIN_VALUE));
        EdgeValue both = kernels.minimum(low, EdgeValue.scalar(TensorType.INT64, Integer.MAX_VALUE));
        return kernels.cast(both, TensorType.INT32);
    }

    static int saturated(long value) {
        return (int) Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, value));
    }

    /** INT32 indices counted from the start; negative ones count from the end of an axis of this length. */
    EdgeValue fromStart(EdgeValue indices, Length length) {
        EdgeValue narrow = kernels.cast(indices, TensorType.INT32);
        if (narrow.isConstant()) {
            List<Integer> values = narrow.integers();
            if (values.stream().allMatch(value -> value >= 0)) {
                return narrow;
            }
            if (length instanceof Length.Fixed fixed) {
                return EdgeValue.integers(
                        narrow.name(),
                        narrow.shape(),
                        values.stream()
                                .map(value -> value < 0 ? value + fixed.value() : value)
                                .toList());
            }
        }
        return fromStart(narrow, kernels.length(length));
    }

    /** The same for lengths that broadcast with the indices. */
    EdgeValue fromStart(EdgeValue indices, EdgeValue lengths) {
        EdgeValue negative = kernels.compare(BuiltinOperator.LESS, indices, EdgeValue.scalar(TensorType.INT32, 0));
        return kernels.select(negative, kernels.add(indices, lengths), indices);
    }

    /** The one element as an INT32 scalar. */
    EdgeValue scalar(EdgeValue integer) {
        return kernels.reshape(saturated(integer), List.<Length>of());
    }
}
