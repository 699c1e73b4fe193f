package dev.slipway.edge.lower.quantised;

import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.graph.Kernels;
import dev.slipway.edge.lower.Folding;
import dev.slipway.edge.lower.Lowering;
import dev.slipway.edge.lower.LoweringContext;
import dev.slipway.onnx.OnnxNode;

/** QLinearAdd and QLinearMul: values, scales and zero points of both sides, then the result's scale and zero point. */
record QuantisedArithmeticLowering(boolean product) implements Lowering {
    private static final int RIGHT = 3;
    private static final int RESULT = 6;

    @Override
    public void lower(OnnxNode node, LoweringContext context) {
        Kernels kernels = context.kernels(node);
        Parameters parameters = new Parameters(node, context);
        EdgeValue left = Folding.subtract(kernels, context.floats(node, 0), parameters.scalar(2));
        EdgeValue right = Folding.subtract(kernels, context.floats(node, RIGHT), parameters.scalar(RIGHT + 2));
        EdgeValue scale = parameters.scalar(RESULT);
        EdgeValue quotients;
        if (product) {
            EdgeValue scales = Folding.multiply(kernels, parameters.scalar(1), parameters.scalar(RIGHT + 1));
            quotients = kernels.multiply(kernels.multiply(left, right), Folding.divide(kernels, scales, scale));
        } else {
            quotients = kernels.add(
                    kernels.multiply(left, Folding.divide(kernels, parameters.scalar(1), scale)),
                    kernels.multiply(right, Folding.divide(kernels, parameters.scalar(RIGHT + 1), scale)));
        }
        QuantisedFunctionLowering.define(node, context, quotients, parameters.scalar(RESULT + 1));
    }
}
