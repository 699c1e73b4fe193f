package dev.slipway.edge.lower.movement;

import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.graph.Kernels;
import dev.slipway.edge.graph.Length;
import dev.slipway.edge.graph.Shapes;
import dev.slipway.edge.lower.LoweringContext;
import dev.slipway.onnx.OnnxNode;
import dev.slipway.tflite.BuiltinOperator;
import dev.slipway.tflite.OperatorOptions;
import dev.slipway.tflite.TensorType;
import java.util.List;

/**
 * Rows written into a table, which all scatters come down to.
 *
 * @param places INT32, the number of the row that each row of the updates goes to
 */
record ScatteredRows(OnnxNode node, LoweringContext context, EdgeValue table, EdgeValue places, EdgeValue updates) {

    /** The table afterwards; {@code reduction} says what becomes of the rows already there. */
    EdgeValue reduced(String reduction) {
        Kernels kernels = context.kernels(node);
        return switch (reduction) {
            case "none" -> kernels.select(written(), summed(), table);
            case "add" -> context.wrapped(node, kernels.add(table, summed()));
            case "mul" ->
                context.wrapped(node, kernels.multiply(table, segments(BuiltinOperator.UNSORTED_SEGMENT_PROD)));
            case "max" -> extreme(BuiltinOperator.UNSORTED_SEGMENT_MAX, BuiltinOperator.MAXIMUM);
            case "min" -> extreme(BuiltinOperator.UNSORTED_SEGMENT_MIN, BuiltinOperator.MINIMUM);
            default -> throw context.refusal("attribute", "it reduces by '" + reduction + "', which is not known");
        };
    }

    private EdgeValue extreme(BuiltinOperator segment, BuiltinOperator operator) {
        Kernels kernels = context.kernels(node);
        EdgeValue both = kernels.binary(operator, table, segments(segment));
        // Rows that get nothing keep even what is beyond the segments' first value, such as an infinity.
        return kernels.select(written(), both, table);
    }

    /** Per row of the table, the sum of what goes there, else zero. */
    private EdgeValue summed() {
        return scattered(updates, table.shape(), LengthArithmetic.of(table));
    }

    /** Per row of the table, whether anything goes there, as a column. */
    private EdgeValue written() {
        Kernels kernels = context.kernels(node);
        EdgeValue marks = new LengthArithmetic(kernels).filled(Length.of(places, 0), TensorType.INT32, 1);
        Length rows = Length.of(table, 0);
        EdgeValue counts = scattered(marks, List.of(LengthArithmetic.known(rows)), List.of(rows));
        EdgeValue column = kernels.reshape(counts, List.of(Length.fixed(-1), Length.fixed(1)));
        return kernels.compare(BuiltinOperator.GREATER, column, EdgeValue.scalar(TensorType.INT32, 0));
    }

    private EdgeValue scattered(EdgeValue rows, List<Integer> shape, List<Length> lengths) {
        Kernels kernels = context.kernels(node);
        return kernels.add(
                BuiltinOperator.SCATTER_ND,
                new OperatorOptions.None(),
                List.of(kernels.unsqueeze(places, List.of(1)), rows, kernels.lengths(lengths)),
                rows.type(),
                shape);
    }

    private EdgeValue segments(BuiltinOperator operator) {
        if (updates.type() == TensorType.INT64) {
            throw context.refusal("type", "TFLite reduces no 64-bit integers by " + operator);
        }
        EdgeValue count = context.kernels(node).length(Length.of(table, 0));
        return context.kernels(node)
                .add(
                        operator,
                        new OperatorOptions.None(),
                        List.of(updates, places, count),
                        updates.type(),
                        Shapes.with(updates.shape(), 0, table.shape().get(0)));
    }
}
