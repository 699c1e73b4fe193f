package dev.slipway.edge.lower.movement;

import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.graph.Kernels;
import dev.slipway.edge.graph.Length;
import dev.slipway.edge.graph.Shapes;
import dev.slipway.edge.lower.Lowering;
import dev.slipway.edge.lower.LoweringContext;
import dev.slipway.onnx.OnnxNode;
import dev.slipway.tflite.BuiltinOperator;
import java.util.List;

/** Trilu: SELECT_V2 by a triangle. */
final class TriluLowering implements Lowering {
    private static final int SELECTED_RANK = 4;

    @Override
    public void lower(OnnxNode node, LoweringContext context) {
        Kernels kernels = context.kernels(node);
        EdgeValue value = context.held(node, 0);
        if (Shapes.isFixed(value.shape()) && value.shape().contains(0)) {
            context.define(node, value);
            return;
        }
        List<Length> lengths = LengthArithmetic.of(value);
        int rank = value.rank();
        boolean upper = node.integer("upper").orElse(1L) != 0;
        EdgeValue offset =
                node.input(1).isPresent() ? new Indices(kernels).scalar(context.held(node, 1)) : Diagonals.offset(0);
        EdgeValue triangle = new Diagonals(kernels)
                .compared(
                        upper ? BuiltinOperator.GREATER_EQUAL : BuiltinOperator.LESS_EQUAL,
                        lengths.get(rank - 2),
                        lengths.get(rank - 1),
                        offset);
        EdgeValue matrices = rank <= SELECTED_RANK
                ? value
                : kernels.reshape(
                        value,
                        List.of(
                                new LengthArithmetic(kernels).product(lengths.subList(0, rank - 2)),
                                lengths.get(rank - 2),
                                lengths.get(rank - 1)));
        EdgeValue kept = kernels.select(triangle, matrices, EdgeValue.scalar(value.type(), 0));
        context.define(node, kernels.reshape(kept, lengths));
    }
}
