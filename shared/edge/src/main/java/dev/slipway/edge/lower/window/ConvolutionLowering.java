package dev.slipway.edge.lower.window;

import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.graph.Kernels;
import dev.slipway.edge.graph.Permutation;
import dev.slipway.edge.lower.Lowering;
import dev.slipway.edge.lower.LoweringContext;
import dev.slipway.onnx.OnnxNode;
import java.util.List;

/** Conv over one, two or three axes of space. */
final class ConvolutionLowering implements Lowering {
    @Override
    public void lower(OnnxNode node, LoweringContext context) {
        context.define(node, convolution(node, context));
    }

    /** The convolution in ONNX's order of axes. */
    static EdgeValue convolution(OnnxNode node, LoweringContext context) {
        Kernels kernels = context.kernels(node);
        EdgeValue input = context.input(node, 0);
        EdgeValue weights = context.input(node, 1);
        List<Integer> kernel = weights.shape().subList(2, weights.rank());
        if (weights.shape().contains(-1)) {
            throw context.refusal("open-weights", "the shape of its weights " + weights.shape() + " is open");
        }
        Window window = Window.of(node, context, input.shape(), kernel);
        EdgeValue bias = node.input(2).isPresent()
                ? context.input(node, 2)
                : Convolutions.noBias(weights.shape().get(0));
        Permutation toLast = Permutation.toChannelsLast(input.rank());
        EdgeValue result = new Convolutions(kernels)
                .apply(
                        kernels.transpose(input, toLast),
                        weights,
                        bias,
                        window,
                        Math.toIntExact(node.integer("group").orElse(1L)));
        return kernels.transpose(result, toLast.inverse());
    }
}
