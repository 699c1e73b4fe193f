package dev.slipway.edge.lower.elementwise;

import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.lower.Lowering;
import dev.slipway.edge.lower.LoweringContext;
import dev.slipway.onnx.OnnxNode;
import java.util.List;

/** Where: SELECT_V2, which broadcasts all three. */
final class WhereLowering implements Lowering {
    @Override
    public void lower(OnnxNode node, LoweringContext context) {
        List<EdgeValue> choices = context.heldAlike(node, List.of(1, 2));
        context.define(node, context.kernels(node).select(context.input(node, 0), choices.get(0), choices.get(1)));
    }
}
