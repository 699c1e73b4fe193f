package dev.slipway.edge.lower.movement;

import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.graph.Kernels;
import dev.slipway.edge.graph.Length;
import dev.slipway.edge.graph.Permutation;
import dev.slipway.tflite.BuiltinOperator;
import dev.slipway.tflite.OperatorOptions;
import dev.slipway.tflite.TensorType;
import java.util.ArrayList;
import java.util.List;

/** The distinct slices along an axis, found by comparing each slice with each. */
record RowComparison(Kernels kernels) {

    UniqueRows of(EdgeValue value, int axis, boolean sorted) {
        EdgeValue rows = rows(value, axis);
        EdgeValue each = kernels.unsqueeze(rows, List.of(1));
        EdgeValue other = kernels.unsqueeze(rows, List.of(0));
        EdgeValue numbers = new LengthArithmetic(kernels).range(Length.of(rows, 0));
        EdgeValue differs = integers(kernels.compare(BuiltinOperator.NOT_EQUAL, each, other));
        EdgeValue distance = kernels.reduce(BuiltinOperator.SUM, differs, List.of(2), false);
        EdgeValue same =
                integers(kernels.compare(BuiltinOperator.EQUAL, distance, EdgeValue.scalar(TensorType.INT32, 0)));
        EdgeValue first = firstOf(same, rows);
        EdgeValue isFirst = kernels.compare(BuiltinOperator.EQUAL, first, numbers);
        // Before each slice in the order wanted come so many distinct ones.
        EdgeValue earlier = sorted
                ? smaller(each, other, differs)
                : kernels.compare(
                        BuiltinOperator.LESS,
                        kernels.unsqueeze(numbers, List.of(0)),
                        kernels.unsqueeze(first, List.of(1)));
        EdgeValue counted = kernels.multiply(integers(earlier), kernels.unsqueeze(integers(isFirst), List.of(0)));
        EdgeValue places = kernels.reduce(BuiltinOperator.SUM, counted, List.of(1), false);
        EdgeValue found = kernels.cast(
                kernels.reshape(new Places(kernels).of(isFirst), List.of(Length.fixed(-1))), TensorType.INT32);
        EdgeValue firsts =
                new RuntimeAxes(kernels).scattered(kernels.gather(places, found, 0), found, Length.of(found, 0));
        return new UniqueRows(firsts, places);
    }

    /** The slices as rows of a table. */
    private EdgeValue rows(EdgeValue value, int axis) {
        List<Integer> order = new ArrayList<>(Permutation.identity(value.rank()).axes());
        order.remove(axis);
        order.add(0, axis);
        EdgeValue front = kernels.transpose(value, new Permutation(order));
        List<Length> lengths = LengthArithmetic.of(front);
        Length width = new LengthArithmetic(kernels).product(lengths.subList(1, lengths.size()));
        return kernels.reshape(front, List.of(lengths.get(0), width));
    }

    /** For each row, the first that is the same. */
    private EdgeValue firstOf(EdgeValue same, EdgeValue rows) {
        return kernels.add(
                BuiltinOperator.ARG_MAX,
                new OperatorOptions.ArgExtremum(TensorType.INT32),
                List.of(same, EdgeValue.scalar(TensorType.INT32, 1)),
                TensorType.INT32,
                rows.shape().subList(0, 1));
    }

    /** Whether the other row is smaller where the two first differ. */
    private EdgeValue smaller(EdgeValue each, EdgeValue other, EdgeValue differs) {
        EdgeValue before = kernels.add(
                BuiltinOperator.CUMSUM,
                new OperatorOptions.CumulativeSum(true, false),
                List.of(differs, EdgeValue.scalar(TensorType.INT32, 2)),
                TensorType.INT32,
                differs.shape());
        EdgeValue agreed = kernels.compare(BuiltinOperator.EQUAL, before, EdgeValue.scalar(TensorType.INT32, 0));
        EdgeValue less = kernels.compare(BuiltinOperator.GREATER, each, other);
        EdgeValue decides = integers(kernels.binary(BuiltinOperator.LOGICAL_AND, agreed, less));
        EdgeValue decided = kernels.reduce(BuiltinOperator.SUM, decides, List.of(2), false);
        return kernels.compare(BuiltinOperator.GREATER, decided, EdgeValue.scalar(TensorType.INT32, 0));
    }

    private EdgeValue integers(EdgeValue truths) {
        return kernels.cast(truths, TensorType.INT32);
    }
}
