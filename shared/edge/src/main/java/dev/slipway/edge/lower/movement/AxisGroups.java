package dev.slipway.edge.lower.movement;

import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.graph.Kernels;
import dev.slipway.edge.graph.Length;
import dev.slipway.edge.graph.Permutation;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Neighbouring axes that an operation treats as one, so that kernels for few axes serve values of many.
 *
 * @param starts the first axis of each group; the first is 0
 */
record AxisGroups(List<Integer> starts, int rank) {
    /** The most axes that TRANSPOSE knows. */
    static final int HIGHEST_TRANSPOSED = 6;

    /** The most axes that STRIDED_SLICE, SLICE and PAD know. */
    static final int HIGHEST_SLICED = 5;

    AxisGroups {
        starts = List.copyOf(starts);
    }

    /** Each of these axes alone, the others with their neighbours. */
    static AxisGroups apart(Set<Integer> alone, int rank) {
        List<Integer> starts = IntStream.range(0, rank)
                .filter(axis -> axis == 0 || alone.contains(axis) || alone.contains(axis - 1))
                .boxed()
                .toList();
        return new AxisGroups(starts, rank);
    }

    /** Axes that are still neighbours after the permutation, axes of length 1 with whatever is before them. */
    static AxisGroups movingTogether(Permutation order, List<Integer> shape) {
        List<Integer> target = order.axes();
        List<Integer> starts = IntStream.range(0, order.rank())
                .filter(axis -> axis == 0 || target.indexOf(axis) != target.indexOf(axis - 1) + 1)
                .boxed()
                .toList();
        return new AxisGroups(starts, shape.size());
    }

    int size() {
        return starts.size();
    }

    /** The number of the group that this axis begins or is in. */
    int group(int axis) {
        int group = 0;
        while (group + 1 < size() && starts.get(group + 1) <= axis) {
            group++;
        }
        return group;
    }

    EdgeValue collapsed(Kernels kernels, EdgeValue value) {
        LengthArithmetic arithmetic = new LengthArithmetic(kernels);
        List<Length> lengths = LengthArithmetic.of(value);
        List<Length> groups = new ArrayList<>();
        for (int i = 0; i < size(); i++) {
            int end = i + 1 < size() ? starts.get(i + 1) : rank;
            groups.add(arithmetic.product(lengths.subList(starts.get(i), end)));
        }
        return kernels.reshape(value, groups);
    }

    /** The permutation of the groups that the permutation of the axes is. */
    Permutation order(Permutation axes) {
        return new Permutation(
                axes.axes().stream().filter(starts::contains).map(this::group).toList());
    }
}
