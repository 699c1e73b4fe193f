package dev.slipway.edge.lower.algebra;

import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.graph.Kernels;
import dev.slipway.edge.graph.Length;
import dev.slipway.edge.graph.Shapes;
import dev.slipway.edge.lower.Lowering;
import dev.slipway.edge.lower.LoweringContext;
import dev.slipway.onnx.OnnxNode;
import java.util.List;

/**
 * Groups of channels, each normalised by its own moments.
 *
 * @param perGroup whether scale and bias have an element per group, as in operator set 18, instead of per channel
 */
record GroupNormalizationLowering(boolean perGroup) implements Lowering {
    private static final float DEFAULT_EPSILON = 1e-5f;

    @Override
    public void lower(OnnxNode node, LoweringContext context) {
        Kernels kernels = context.kernels(node);
        EdgeValue input = context.input(node, 0);
        int rank = input.rank();
        int groups = Math.toIntExact(node.integer("num_groups")
                .orElseThrow(() -> context.refusal("attribute", "it does not say its num_groups")));
        EdgeValue grouped =
                kernels.reshape(input, List.of(Length.of(input, 0), Length.fixed(groups), inGroup(input, groups)));
        Moments moments = Moments.of(kernels, grouped, List.of(2));
        float epsilon = node.number("epsilon").orElse(DEFAULT_EPSILON);
        EdgeValue inverse = Moments.inverseRoot(kernels, moments.variance(), epsilon);
        EdgeValue scale = context.input(node, 1);
        EdgeValue shift = context.input(node, 2);
        List<Length> shape = Grouping.lengths(input, 0, rank);
        if (perGroup) {
            EdgeValue factor = kernels.multiply(inverse, Grouping.along(kernels, scale, 1, 3));
            EdgeValue scaled = kernels.multiply(moments.centred(), factor);
            EdgeValue result = kernels.add(scaled, Grouping.along(kernels, shift, 1, 3));
            context.define(node, kernels.reshape(result, shape));
        } else {
            EdgeValue normalised = kernels.reshape(kernels.multiply(moments.centred(), inverse), shape);
            EdgeValue scaled = kernels.multiply(normalised, Grouping.along(kernels, scale, 1, rank));
            context.define(node, kernels.add(scaled, Grouping.along(kernels, shift, 1, rank)));
        }
    }

    private static Length inGroup(EdgeValue input, int groups) {
        int size = Shapes.size(input.shape().subList(1, input.rank()));
        return size == -1 ? Grouping.rest() : Length.fixed(size / groups);
    }
}
