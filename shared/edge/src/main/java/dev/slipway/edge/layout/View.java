package dev.slipway.edge.layout;

import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.graph.Permutation;
import java.util.List;

/**
 * A value of the old graph in terms of the new one: {@code base}, transposed by {@code order} and then, if flattened,
 * reshaped to {@code shape}, none of which has been done yet.
 */
record View(EdgeValue base, Permutation order, List<Integer> shape) {

    static View of(EdgeValue value) {
        return new View(value, Permutation.identity(value.rank()), value.shape());
    }

    static View transposed(EdgeValue base, Permutation order) {
        return new View(base, order, order.apply(base.shape()));
    }

    /** Whether a reshape follows the transpose. */
    boolean isFlattened() {
        return !shape.equals(order.apply(base.shape()));
    }

    boolean isPlain() {
        return order.isIdentity() && !isFlattened();
    }

    /** The same view of another base of the same shape. */
    View onto(EdgeValue other) {
        return new View(other, order, shape);
    }
}
