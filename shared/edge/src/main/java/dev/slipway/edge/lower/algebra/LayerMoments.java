package dev.slipway.edge.lower.algebra;

import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.graph.Kernels;
import dev.slipway.edge.graph.Length;
import dev.slipway.onnx.OnnxNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A value normalised over its last axes, and what it was normalised by, with an axis of length 1 for each of them.
 *
 * @param mean 0 if it was not taken off
 */
record LayerMoments(EdgeValue normalised, EdgeValue mean, EdgeValue inverse) {
    private static final float DEFAULT_EPSILON = 1e-5f;
    private static final int MOST_AXES = 4;

    static float epsilon(OnnxNode node) {
        return node.number("epsilon").orElse(DEFAULT_EPSILON);
    }

    /** Over all axes from this one on; {@code centres} says whether the mean is taken off first. */
    static LayerMoments of(Kernels kernels, EdgeValue input, int axis, boolean centres, float epsilon) {
        int rank = input.rank();
        // The axes that are kept apart matter to no kernel, so many of them are taken as one.
        boolean many = rank > MOST_AXES;
        EdgeValue value = many ? Grouping.grouped(kernels, input, 0, axis, rank) : input;
        List<Integer> axes =
                IntStream.range(many ? 1 : axis, value.rank()).boxed().toList();
        EdgeValue mean = EdgeValue.floats("mean", List.of(), 0);
        EdgeValue centred = value;
        EdgeValue variance;
        if (centres) {
            Moments moments = Moments.of(kernels, value, axes);
            mean = reduced(kernels, moments.mean(), input, axis);
            centred = moments.centred();
            variance = moments.variance();
        } else {
            variance = Moments.meanSquare(kernels, value, axes);
        }
        EdgeValue inverse = Moments.inverseRoot(kernels, variance, epsilon);
        EdgeValue normalised = kernels.reshape(kernels.multiply(centred, inverse), Grouping.lengths(input, 0, rank));
        return new LayerMoments(normalised, mean, reduced(kernels, inverse, input, axis));
    }

    private static EdgeValue reduced(Kernels kernels, EdgeValue statistic, EdgeValue input, int axis) {
        List<Length> lengths = new ArrayList<>(Grouping.lengths(input, 0, axis));
        IntStream.range(axis, input.rank()).forEach(i -> lengths.add(Length.fixed(1)));
        return statistic.rank() == input.rank() ? statistic : kernels.reshape(statistic, lengths);
    }
}
