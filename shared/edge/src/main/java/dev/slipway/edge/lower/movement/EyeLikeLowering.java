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

/** EyeLike: a constant if the shape is known, otherwise a comparison of row and column numbers. */
final class EyeLikeLowering implements Lowering {
    @Override
    public void lower(OnnxNode node, LoweringContext context) {
        Kernels kernels = context.kernels(node);
        List<Integer> shape = context.facts(node, 0).shape();
        // The value itself is only needed for lengths that are not known.
        List<Length> lengths = Shapes.isFixed(shape)
                ? shape.stream().map(Length::fixed).toList()
                : LengthArithmetic.of(context.held(node, 0));
        EdgeValue eye = new Diagonals(kernels)
                .compared(
                        BuiltinOperator.EQUAL,
                        lengths.get(0),
                        lengths.get(1),
                        Diagonals.offset(node.integer("k").orElse(0L)));
        Moved.define(node, context, kernels.cast(eye, Moved.wideType(node, context)));
    }
}
