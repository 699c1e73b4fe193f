package dev.slipway.edge.lower.algebra;

import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.graph.Kernels;
import dev.slipway.edge.graph.Permutation;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Applies kernels that work along the last axis only to others. */
final class LastAxis {
    // More axes than this not all of these kernels take.
    private static final int MOST_AXES = 4;

    private LastAxis() {}

    /** The order that brings one axis behind all others. */
    static Permutation toLast(int axis, int rank) {
        List<Integer> axes = new ArrayList<>(Permutation.identity(rank).axes());
        axes.remove((Integer) axis);
        axes.add(axis);
        return new Permutation(axes);
    }

    /** {@code function}, which keeps the shape, along this axis. */
    static EdgeValue along(Kernels kernels, EdgeValue value, int axis, UnaryOperator<EdgeValue> function) {
        Permutation toLast = toLast(axis, value.rank());
        EdgeValue moved = kernels.transpose(value, toLast);
        return kernels.transpose(overLast(kernels, moved, function), toLast.inverse());
    }

    /** {@code function}, which keeps the shape, over all axes from this one on as if they were one. */
    static EdgeValue overAllFrom(Kernels kernels, EdgeValue value, int axis, UnaryOperator<EdgeValue> function) {
        if (axis == value.rank() - 1) {
            return overLast(kernels, value, function);
        }
        EdgeValue flat = Grouping.grouped(kernels, value, 0, axis, value.rank());
        return kernels.reshape(function.apply(flat), Grouping.lengths(value, 0, value.rank()));
    }

    private static EdgeValue overLast(Kernels kernels, EdgeValue value, UnaryOperator<EdgeValue> function) {
        int rank = value.rank();
        if (rank <= MOST_AXES) {
            return function.apply(value);
        }
        EdgeValue flat = Grouping.grouped(kernels, value, 0, rank - 1, rank);
        return kernels.reshape(function.apply(flat), Grouping.lengths(value, 0, rank));
    }
}
