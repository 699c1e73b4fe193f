package dev.slipway.edge.lower.algebra;

import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.graph.Kernels;
import dev.slipway.edge.lower.Lowering;
import dev.slipway.edge.lower.LoweringContext;
import dev.slipway.onnx.OnnxNode;

/**
 * LayerNormalization over all axes from {@code axis} on.
 *
 * @param centres whether the mean is taken off first; RMSNormalization doesn't
 * @param inverse which output is the inverse of the deviation; the ones between it and the first are the mean
 */
record LayerNormalizationLowering(boolean centres, int inverse) implements Lowering {
    @Override
    public void lower(OnnxNode node, LoweringContext context) {
        Kernels kernels = context.kernels(node);
        EdgeValue input = context.input(node, 0);
        int axis = context.axis(node.integer("axis").orElse(-1L), input.rank());
        LayerMoments moments = LayerMoments.of(kernels, input, axis, centres, LayerMoments.epsilon(node));
        if (inverse > 1 && context.wantsOutput(node, 1)) {
            context.define(node, 1, moments.mean());
        }
        if (context.wantsOutput(node, inverse)) {
            context.define(node, inverse, moments.inverse());
        }
        EdgeValue result = kernels.multiply(moments.normalised(), context.input(node, 1));
        context.define(node, node.input(2).isPresent() ? kernels.add(result, context.input(node, 2)) : result);
    }
}
