package dev.slipway.edge.lower.elementwise;

import dev.slipway.edge.lower.Lowering;
import dev.slipway.edge.lower.LoweringContext;
import dev.slipway.onnx.OnnxNode;

/** The output is the input under another name. */
final class IdentityLowering implements Lowering {
    @Override
    public void lower(OnnxNode node, LoweringContext context) {
        context.define(node, context.held(node, 0));
    }
}
