package dev.slipway.edge.lower.movement;

import dev.slipway.edge.lower.Lowering;
import dev.slipway.edge.lower.LoweringContext;
import dev.slipway.onnx.OnnxNode;

/** Constant: what the probe knows of it. Those that are tensors of numbers are folded before any lowering. */
final class ConstantLowering implements Lowering {
    @Override
    public void lower(OnnxNode node, LoweringContext context) {
        throw context.refusal("type", "it is no tensor of numbers or truth values");
    }
}
