package dev.slipway.edge.lower.algebra;

import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.graph.Kernels;
import dev.slipway.edge.lower.Lowering;
import dev.slipway.edge.lower.LoweringContext;
import dev.slipway.onnx.OnnxNode;
import java.util.List;
import java.util.stream.IntStream;

/** Each channel of each image is normalised by its own moments. */
final class InstanceNormalizationLowering implements Lowering {
    private static final float DEFAULT_EPSILON = 1e-5f;
    private static final int MOST_AXES = 4;

    @Override
    public void lower(OnnxNode node, LoweringContext context) {
        Kernels kernels = context.kernels(node);
        EdgeValue input = context.input(node, 0);
        int rank = input.rank();
        EdgeValue value = rank > MOST_AXES ? Grouping.grouped(kernels, input, 0, 1, 2, rank) : input;
        List<Integer> axes = IntStream.range(2, value.rank()).boxed().toList();
        Moments moments = Moments.of(kernels, value, axes);
        float epsilon = node.number("epsilon").orElse(DEFAULT_EPSILON);
        EdgeValue inverse = Moments.inverseRoot(kernels, moments.variance(), epsilon);
        EdgeValue scale = Grouping.along(kernels, context.input(node, 1), 1, value.rank());
        EdgeValue shift = Grouping.along(kernels, context.input(node, 2), 1, value.rank());
        EdgeValue scaled = kernels.multiply(moments.centred(), kernels.multiply(inverse, scale));
        EdgeValue result = kernels.add(scaled, shift);
        context.define(node, kernels.reshape(result, Grouping.lengths(input, 0, rank)));
    }
}
