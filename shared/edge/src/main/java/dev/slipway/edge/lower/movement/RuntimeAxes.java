package dev.slipway.edge.lower.movement;

import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.graph.Kernels;
import dev.slipway.edge.graph.Length;
import dev.slipway.tflite.BuiltinOperator;
import dev.slipway.tflite.OperatorOptions;
import dev.slipway.tflite.TensorType;
import java.util.List;

/** Axes that the model is told when it runs. */
record RuntimeAxes(Kernels kernels) {

    /** A BOOL for every axis: whether it is among those given, which may count from the end. */
    EdgeValue marked(EdgeValue axes, Length rank) {
        EdgeValue places = new Indices(kernels).fromStart(axes, rank);
        EdgeValue marks = scattered(
                places, new LengthArithmetic(kernels).filled(Length.of(places, 0), TensorType.INT32, 1), rank);
        return kernels.compare(BuiltinOperator.GREATER, marks, EdgeValue.scalar(TensorType.INT32, 0));
    }

    /** A vector with these numbers at these places (INT32, counted from the start), elsewhere zero. */
    EdgeValue scattered(EdgeValue places, EdgeValue numbers, Length length) {
        return kernels.add(
                BuiltinOperator.SCATTER_ND,
                new OperatorOptions.None(),
                List.of(kernels.unsqueeze(places, List.of(1)), numbers, kernels.lengths(List.of(length))),
                numbers.type(),
                List.of(LengthArithmetic.known(length)));
    }
}
