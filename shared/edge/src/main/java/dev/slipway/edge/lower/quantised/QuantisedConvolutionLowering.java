package dev.slipway.edge.lower.quantised;

import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.graph.Kernels;
import dev.slipway.edge.lower.Folding;
import dev.slipway.edge.lower.Lowering;
import dev.slipway.edge.lower.LoweringContext;
import dev.slipway.onnx.OnnxNode;

/** QLinearConv: the exact convolution, scaled per output channel, rounded and saturated. */
final class QuantisedConvolutionLowering implements Lowering {
    @Override
    public void lower(OnnxNode node, LoweringContext context) {
        Kernels kernels = context.kernels(node);
        Parameters parameters = new Parameters(node, context);
        Accumulator sum = IntegerConvolution.of(node, context, new IntegerConvolution.Places(0, 2, 3, 5, 8));
        int rank = context.facts(node, 0).rank();
        EdgeValue scales = Folding.multiply(kernels, parameters.scalar(1), parameters.alongAxis(4, 1, rank));
        EdgeValue factor = Folding.divide(kernels, scales, parameters.scalar(6));
        sum.requantise(node, context, factor, parameters.scalar(7));
    }
}
