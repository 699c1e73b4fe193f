package dev.slipway.edge.lower.algebra;

import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.graph.Kernels;
import dev.slipway.edge.lower.Lowering;
import dev.slipway.edge.lower.LoweringContext;
import dev.slipway.onnx.OnnxNode;
import java.util.Optional;

/**
 * The sum of a value, what skipped a layer, and maybe a bias, normalised over the last axis.
 *
 * @param centres whether the mean is taken off first, and a shift may be added; the simplified form does neither
 */
record SkipLayerNormalizationLowering(boolean centres) implements Lowering {
    private static final int SUM = 3;
    private static final float DEFAULT_EPSILON = 1e-12f;

    @Override
    public void lower(OnnxNode node, LoweringContext context) {
        Kernels kernels = context.kernels(node);
        EdgeValue sum = kernels.add(context.input(node, 0), context.input(node, 1));
        Optional<String> bias = node.input(centres ? 4 : 3);
        if (bias.isPresent()) {
            sum = kernels.add(sum, context.input(node, centres ? 4 : 3));
        }
        float epsilon = node.number("epsilon").orElse(DEFAULT_EPSILON);
        LayerMoments moments = LayerMoments.of(kernels, sum, sum.rank() - 1, centres, epsilon);
        EdgeValue result = kernels.multiply(moments.normalised(), context.input(node, 2));
        if (centres && node.input(3).isPresent()) {
            result = kernels.add(result, context.input(node, 3));
        }
        context.define(node, result);
        if (context.wantsOutput(node, SUM)) {
            context.define(node, SUM, sum);
        }
        for (int output = 1; output < SUM; output++) {
            if (context.wantsOutput(node, output)) {
                throw context.refusal("training", "it asks for the statistics of a training step");
            }
        }
    }
}
