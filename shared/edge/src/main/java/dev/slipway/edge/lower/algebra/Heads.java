package dev.slipway.edge.lower.algebra;

import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.graph.Kernels;
import dev.slipway.edge.graph.Length;
import dev.slipway.edge.graph.Permutation;
import java.util.List;

/** The heads of attention, as parts of one axis and as an axis of their own. */
final class Heads {
    private static final Permutation SWAP = Permutation.of(0, 2, 1, 3);

    private Heads() {}

    /** From (batch, positions, heads · size) to (batch, positions, heads, size). */
    static EdgeValue split(Kernels kernels, EdgeValue value, int heads) {
        int hidden = value.shape().get(2);
        Length size = hidden == -1 ? Grouping.rest() : Length.fixed(hidden / heads);
        return kernels.reshape(value, List.of(Length.of(value, 0), Length.of(value, 1), Length.fixed(heads), size));
    }

    /** From (batch, positions, heads · size) to (batch, heads, positions, size). */
    static EdgeValue outside(Kernels kernels, EdgeValue value, int heads) {
        return kernels.transpose(split(kernels, value, heads), SWAP);
    }

    /** Swaps the axes of positions and heads. */
    static EdgeValue swapped(Kernels kernels, EdgeValue value) {
        return kernels.transpose(value, SWAP);
    }

    /** From (batch, heads, positions, size) to (batch, positions, heads · size). */
    static EdgeValue inside(Kernels kernels, EdgeValue value) {
        EdgeValue swapped = kernels.transpose(value, SWAP);
        return Grouping.grouped(kernels, swapped, 0, 1, 2, 4);
    }
}
