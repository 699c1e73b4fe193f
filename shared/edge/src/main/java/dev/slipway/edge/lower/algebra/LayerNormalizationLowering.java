package dev.slipway.edge.lower.algebra;

import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.graph.Kernels;
import dev.slipway.edge.graph.Length;
import dev.slipway.edge.lower.Lowering;
import dev.slipway.edge.lower.LoweringContext;
import dev.slipway.onnx.OnnxNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * LayerNormalization over all axes from {@code axis} on.
 *
 * @param centres whether the mean is taken off first; RMSNormalization doesn't
 * @param inverse which output is the inverse of the deviation; the ones between it and the first are the mean
 */
record LayerNormalizationLowering(boolean centres, int inverse) implements Lowering {
    private static final float DEFAULT_EPSILON = 1e-5f;
    private static final int MOST_AXES = 4;

    @Override
    public void lower(OnnxNode node, LoweringContext context) {
        Kernels kernels = context.kernels(node);
        EdgeValue input = context.input(node, 0);
        int rank = input.rank();
        int axis = context.axis(node.integer("axis").orElse(-1L), rank);
        // The axes that are kept apart matter to no kernel, so many of them are taken as one.
        EdgeValue value = rank > MOST_AXES ? Grouping.grouped(kernels, input, 0, axis, rank) : input;
        List<Integer> axes = IntStream.range(rank > MOST_AXES ? 1 : axis, value.rank())
                .boxed()
                .toList();
        float epsilon = node.number("epsilon").orElse(DEFAULT_EPSILON);
        EdgeValue normalised;
        EdgeValue factor;
        if (centres) {
            Moments moments = Moments.of(kernels, value, axes);
            factor = Moments.inverseRoot(kernels, moments.variance(), epsilon);
            normalised = kernels.multiply(moments.centred(), factor);
            if (inverse > 1 && context.wantsOutput(node, 1)) {
                context.define(node, 1, reduced(kernels, moments.mean(), input, axis));
            }
        } else {
            factor = Moments.inverseRoot(kernels, Moments.meanSquare(kernels, value, axes), epsilon);
            normalised = kernels.multiply(value, factor);
        }
        if (context.wantsOutput(node, inverse)) {
            context.define(node, inverse, reduced(kernels, factor, input, axis));
        }
        EdgeValue result = kernels.reshape(normalised, Grouping.lengths(input, 0, rank));
        context.define(node, scaledAndShifted(node, context, result, 1, 2));
    }

    /** The statistic with an axis of length 1 for each that it is over. */
    private static EdgeValue reduced(Kernels kernels, EdgeValue statistic, EdgeValue input, int axis) {
        if (statistic.rank() == input.rank()) {
            return statistic;
        }
        List<Length> lengths = new ArrayList<>(Grouping.lengths(input, 0, axis));
        IntStream.range(axis, input.rank()).forEach(i -> lengths.add(Length.fixed(1)));
        return kernels.reshape(statistic, lengths);
    }

    /** Times one input of the node and plus another, if there. */
    static EdgeValue scaledAndShifted(OnnxNode node, LoweringContext context, EdgeValue value, int scale, int shift) {
        Kernels kernels = context.kernels(node);
        EdgeValue result = value;
        if (node.input(scale).isPresent()) {
            result = kernels.multiply(result, context.input(node, scale));
        }
        if (node.input(shift).isPresent()) {
            result = kernels.add(result, context.input(node, shift));
        }
        return result;
    }
}
