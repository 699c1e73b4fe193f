package dev.slipway.edge.lower.movement;

import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.graph.Kernels;
import dev.slipway.edge.graph.Length;
import dev.slipway.tflite.BuiltinOperator;
import dev.slipway.tflite.OperatorOptions;
import dev.slipway.tflite.TensorType;
import java.util.List;

/** The distinct elements of a vector. */
record UniqueElements(Kernels kernels) {

    UniqueRows of(EdgeValue vector, boolean sorted) {
        List<EdgeValue> results = kernels.add(
                BuiltinOperator.UNIQUE,
                new OperatorOptions.Unique(TensorType.INT32),
                List.of(vector),
                List.of(
                        kernels.result(BuiltinOperator.UNIQUE, vector.type(), List.of(-1)),
                        kernels.result(BuiltinOperator.UNIQUE, TensorType.INT32, vector.shape())));
        EdgeValue elements = results.get(0);
        EdgeValue inverse = results.get(1);
        EdgeValue count = kernels.length(Length.of(elements, 0));
        EdgeValue firsts = kernels.add(
                BuiltinOperator.UNSORTED_SEGMENT_MIN,
                new OperatorOptions.None(),
                List.of(new LengthArithmetic(kernels).range(Length.of(vector, 0)), inverse, count),
                TensorType.INT32,
                List.of(-1));
        if (!sorted) {
            return new UniqueRows(firsts, inverse);
        }
        EdgeValue order = ascending(elements, count);
        EdgeValue numbers = new LengthArithmetic(kernels).range(Length.of(elements, 0));
        EdgeValue places = new RuntimeAxes(kernels).scattered(order, numbers, Length.of(elements, 0));
        return new UniqueRows(kernels.gather(firsts, order, 0), kernels.gather(places, inverse, 0));
    }

    private EdgeValue ascending(EdgeValue elements, EdgeValue count) {
        // Unlike the negative, what is left to -1 can't overflow.
        EdgeValue reversed = elements.type() == TensorType.FLOAT32
                ? kernels.unary(BuiltinOperator.NEG, elements)
                : kernels.subtract(EdgeValue.scalar(elements.type(), -1), elements);
        List<EdgeValue> results = kernels.add(
                BuiltinOperator.TOPK_V2,
                new OperatorOptions.None(),
                List.of(reversed, count),
                List.of(
                        kernels.result(BuiltinOperator.TOPK_V2, elements.type(), List.of(-1)),
                        kernels.result(BuiltinOperator.TOPK_V2, TensorType.INT32, List.of(-1))));
        return results.get(1);
    }
}
