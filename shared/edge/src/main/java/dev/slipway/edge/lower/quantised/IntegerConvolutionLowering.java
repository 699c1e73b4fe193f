package dev.slipway.edge.lower.quantised;

import dev.slipway.edge.lower.Lowering;
import dev.slipway.edge.lower.LoweringContext;
import dev.slipway.onnx.OnnxNode;

/** ConvInteger. */
final class IntegerConvolutionLowering implements Lowering {
    private static final int NONE = 99;

    @Override
    public void lower(OnnxNode node, LoweringContext context) {
        IntegerConvolution.of(node, context, new IntegerConvolution.Places(0, 2, 1, 3, NONE))
                .define(node, context);
    }
}
