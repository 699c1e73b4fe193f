package dev.slipway.edge.lower.elementwise;

import dev.slipway.edge.lower.Lowering;
import dev.slipway.edge.lower.LoweringContext;
import dev.slipway.onnx.OnnxNode;

/** Random numbers are refused: their results can't be compared with ONNX Runtime's. */
final class RandomLowering implements Lowering {
    @Override
    public void lower(OnnxNode node, LoweringContext context) {
        throw context.refusal(
                "random", "its output is random, so no result could be verified; make the random values an input");
    }
}
