package dev.slipway.edge.lower.quantised;

import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.graph.Kernels;
import dev.slipway.edge.lower.Folding;
import dev.slipway.edge.lower.Lowering;
import dev.slipway.edge.lower.LoweringContext;
import dev.slipway.onnx.OnnxNode;

/** QLinearMatMul: the exact product, scaled, rounded and saturated. */
final class QuantisedMatMulLowering implements Lowering {
    private static final int LEFT = 0;
    private static final int RIGHT = 3;

    @Override
    public void lower(OnnxNode node, LoweringContext context) {
        Kernels kernels = context.kernels(node);
        Parameters parameters = new Parameters(node, context);
        Accumulator product =
                MatrixProduct.of(node, context, factor(node, context, LEFT), factor(node, context, RIGHT));
        EdgeValue scales =
                Folding.multiply(kernels, parameter(node, context, LEFT, 1), parameter(node, context, RIGHT, 1));
        EdgeValue factor = Folding.divide(kernels, scales, parameters.scalar(6));
        product.requantise(node, context, factor, parameters.scalar(7));
    }

    private static Factor factor(OnnxNode node, LoweringContext context, int input) {
        return Factor.of(
                context.kernels(node),
                context.floats(node, input),
                parameter(node, context, input, 2),
                context.facts(node, input).extents(),
                QuantisedType.of(context.facts(node, input).type(), context));
    }

    /** The scale (1) or zero point (2) behind a factor. */
    private static EdgeValue parameter(OnnxNode node, LoweringContext context, int input, int offset) {
        int rank = context.facts(node, input).rank();
        int axis = input == LEFT ? rank - 2 : rank - 1;
        Parameters parameters = new Parameters(node, context);
        return axis < 0 ? parameters.scalar(input + offset) : parameters.alongAxis(input + offset, axis, rank);
    }
}
