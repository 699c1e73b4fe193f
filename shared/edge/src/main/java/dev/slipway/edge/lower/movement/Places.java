package dev.slipway.edge.lower.movement;

import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.graph.Kernels;
import dev.slipway.tflite.BuiltinOperator;
import dev.slipway.tflite.OperatorOptions;
import dev.slipway.tflite.TensorType;
import java.util.List;

/** WHERE: the places at which truth values hold, in row-major order. */
record Places(Kernels kernels) {

    /** INT64, a row for each place and a column for each axis. */
    EdgeValue of(EdgeValue holds) {
        return kernels.add(
                BuiltinOperator.WHERE,
                new OperatorOptions.None(),
                List.of(holds),
                TensorType.INT64,
                List.of(-1, holds.rank()));
    }

    /** Whether each element is something else than zero. */
    EdgeValue nonZero(EdgeValue value) {
        return value.type() == TensorType.BOOL
                ? value
                : kernels.compare(BuiltinOperator.NOT_EQUAL, value, EdgeValue.scalar(value.type(), 0));
    }
}
