package dev.slipway.edge.lower.movement;

import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.graph.Kernels;
import dev.slipway.edge.graph.Length;
import dev.slipway.edge.lower.Lowering;
import dev.slipway.edge.lower.LoweringContext;
import dev.slipway.onnx.OnnxNode;
import java.util.List;

/** Flatten: the axes before one, and those from it on, as two. */
final class FlattenLowering implements Lowering {
    @Override
    public void lower(OnnxNode node, LoweringContext context) {
        EdgeValue value = context.held(node, 0);
        Kernels kernels = context.kernels(node);
        context.define(
                node, Reshaping.to(kernels, value, context.outputShape(node)).orElseGet(() -> {
                    // The axis may also be the rank itself, which no other operator allows.
                    long given = node.integer("axis").orElse(1L);
                    int axis = given == value.rank() ? value.rank() : context.axis(given, value.rank());
                    Length before = new LengthArithmetic(kernels)
                            .product(LengthArithmetic.of(value).subList(0, axis));
                    return kernels.reshape(value, List.of(before, Length.fixed(-1)));
                }));
    }
}
