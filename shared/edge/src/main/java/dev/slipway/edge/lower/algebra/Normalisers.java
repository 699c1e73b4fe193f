package dev.slipway.edge.lower.algebra;

import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.graph.Kernels;
import dev.slipway.edge.graph.Length;
import dev.slipway.tflite.BuiltinOperator;
import dev.slipway.tflite.OperatorOptions;
import dev.slipway.tflite.TensorType;
import java.util.List;

/** What turns the last axis of a value into shares. */
final class Normalisers {
    private Normalisers() {}

    static EdgeValue softmax(Kernels kernels, EdgeValue value) {
        return kernels.add(
                BuiltinOperator.SOFTMAX, new OperatorOptions.Softmax(1), List.of(value), value.type(), value.shape());
    }

    static EdgeValue logSoftmax(Kernels kernels, EdgeValue value) {
        return kernels.unary(BuiltinOperator.LOG_SOFTMAX, value);
    }

    /** 1 at the first of the largest, 0 elsewhere. */
    static EdgeValue hardmax(Kernels kernels, EdgeValue value) {
        int last = value.rank() - 1;
        EdgeValue largest = kernels.add(
                BuiltinOperator.ARG_MAX,
                new OperatorOptions.ArgExtremum(TensorType.INT32),
                List.of(value, EdgeValue.scalar(TensorType.INT32, last)),
                TensorType.INT32,
                value.shape().subList(0, last));
        return kernels.add(
                BuiltinOperator.ONE_HOT,
                new OperatorOptions.OneHot(-1),
                List.of(
                        largest,
                        kernels.length(Length.of(value, last)),
                        EdgeValue.scalar(value.type(), 1),
                        EdgeValue.scalar(value.type(), 0)),
                value.type(),
                value.shape());
    }
}
