package dev.slipway.edge.lower.algebra;

import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.graph.Kernels;
import dev.slipway.edge.graph.Length;
import dev.slipway.tflite.BuiltinOperator;
import dev.slipway.tflite.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Neighbouring axes taken as one, also where their lengths are open. */
final class Grouping {
    private Grouping() {}

    /** What RESHAPE finds out itself; one length of a shape at most, none of the others being 0. */
    static Length rest() {
        return new Length.Computed(EdgeValue.scalar(TensorType.INT32, -1));
    }

    /** The lengths of the axes from {@code from} to before {@code to}. */
    static List<Length> lengths(EdgeValue value, int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(axis -> Length.of(value, axis))
                .toList();
    }

    /** The product of the lengths of the axes from {@code from} to before {@code to}. */
    static Length product(Kernels kernels, EdgeValue value, int from, int to) {
        int known = 1;
        List<Integer> open = new ArrayList<>();
        for (int axis = from; axis < to; axis++) {
            int length = value.shape().get(axis);
            if (length == -1) {
                open.add(axis);
            } else {
                known = Math.multiplyExact(known, length);
            }
        }
        if (open.isEmpty()) {
            return Length.fixed(known);
        } else if (open.size() == 1 && known == 1) {
            return Length.of(value, open.get(0));
        }
        EdgeValue part = kernels.slice(kernels.shape(value), List.of(from), List.of(to - from));
        return new Length.Computed(kernels.reduce(BuiltinOperator.REDUCE_PROD, part, List.of(0), false));
    }

    /** The value with as many axes as there are bounds, less one: axis i holds those from bound i to before i + 1. */
    static EdgeValue grouped(Kernels kernels, EdgeValue value, int... bounds) {
        List<Length> lengths = new ArrayList<>();
        for (int i = 0; i + 1 < bounds.length; i++) {
            lengths.add(product(kernels, value, bounds[i], bounds[i + 1]));
        }
        return kernels.reshape(value, lengths);
    }

    /** The value with axes of length 1 before it until it has this rank. */
    static EdgeValue extended(Kernels kernels, EdgeValue value, int rank) {
        return kernels.unsqueeze(
                value,
                IntStream.range(0, Math.max(rank - value.rank(), 0)).boxed().toList());
    }

    /** A vector standing along one axis of a value of this rank, so that it broadcasts. */
    static EdgeValue along(Kernels kernels, EdgeValue vector, int axis, int rank) {
        List<Length> lengths = new ArrayList<>(List.of(Length.of(vector, 0)));
        IntStream.range(axis + 1, rank).forEach(behind -> lengths.add(Length.fixed(1)));
        return kernels.reshape(vector, lengths);
    }
}
