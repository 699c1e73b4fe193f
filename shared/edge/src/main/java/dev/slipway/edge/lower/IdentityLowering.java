package dev.slipway.edge.lower;

import dev.slipway.onnx.OnnxNode;

/** The output is the input under another name. */
final class IdentityLowering implements Lowering {
    @Override
    public void lower(OnnxNode node, LoweringContext context) {
        context.define(node, context.input(node, 0));
    }
}
