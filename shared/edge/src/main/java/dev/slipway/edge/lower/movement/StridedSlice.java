package dev.slipway.edge.lower.movement;

import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.graph.Kernels;
import dev.slipway.tflite.BuiltinOperator;
import dev.slipway.tflite.OperatorOptions;
import dev.slipway.tflite.TensorType;
import java.util.ArrayList;
import java.util.List;

/** STRIDED_SLICE, which clamps bounds as ONNX does but for starts before the axis when steps go back. */
record StridedSlice(Kernels kernels) {
    private static final OperatorOptions PLAIN = new OperatorOptions.StridedSlice(0, 0, 0, 0, 0, false);

    EdgeValue of(EdgeValue value, SliceBounds bounds) {
        List<Integer> begins = new ArrayList<>();
        List<Integer> ends = new ArrayList<>();
        List<Integer> strides = new ArrayList<>();
        List<Integer> shape = new ArrayList<>();
        boolean raised = false;
        for (int axis = 0; axis < value.rank(); axis++) {
            int length = value.shape().get(axis);
            long start = bounds.starts().get(axis);
            begins.add(length == -1 ? Indices.saturated(start) : bounds.begin(axis, length));
            ends.add(Indices.saturated(bounds.ends().get(axis)));
            strides.add(Math.max(
                    -Integer.MAX_VALUE, Indices.saturated(bounds.steps().get(axis))));
            shape.add(size(bounds, axis, length));
            raised |= length == -1 && bounds.steps().get(axis) < 0 && start < 0;
        }
        EdgeValue begin = EdgeValue.integers("begin", begins);
        return of(
                value,
                raised ? raised(begin, value) : begin,
                EdgeValue.integers("end", ends),
                EdgeValue.integers("strides", strides),
                shape);
    }

    private static int size(SliceBounds bounds, int axis, int length) {
        if (length != -1) {
            return bounds.size(axis, length);
        }
        return -1;
    }

    /** Starts that are not before the first element. */
    EdgeValue raised(EdgeValue begins, EdgeValue value) {
        EdgeValue shape = kernels.shape(value);
        EdgeValue least = shape.isConstant()
                ? EdgeValue.integers(
                        "least",
                        shape.integers().stream().map(length -> -length).toList())
                : kernels.subtract(EdgeValue.scalar(TensorType.INT32, 0), shape);
        return kernels.maximum(begins, least);
    }

    /** The bounds are INT32 vectors for the first axes; {@code shape} is what is known of the result. */
    EdgeValue of(EdgeValue value, EdgeValue begins, EdgeValue ends, EdgeValue strides, List<Integer> shape) {
        return kernels.add(
                BuiltinOperator.STRIDED_SLICE, PLAIN, List.of(value, begins, ends, strides), value.type(), shape);
    }
}
