package dev.slipway.edge.layout;

import dev.slipway.edge.graph.EdgeOperation;
import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.graph.Permutation;
import dev.slipway.edge.graph.Shapes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A function of elements at the same place: it may be computed in any one order of axes that all its inputs share. The
 * first input that is not in plain order decides; constants are reordered now, other inputs by a transpose.
 */
final class BroadcastRule implements LayoutRule {
    @Override
    public boolean apply(EdgeOperation operation, Layouts layouts) {
        int rank = operation.output().rank();
        Optional<Permutation> common = commonOrder(operation.inputs(), rank, layouts);
        if (common.isEmpty()) {
            return false;
        }
        List<EdgeValue> inputs = new ArrayList<>();
        for (EdgeValue input : operation.inputs()) {
            inputs.add(hasOneElement(input) ? layouts.materialised(input) : ordered(input, common.get(), layouts));
        }
        layouts.addTransposed(operation, inputs, common.get());
        return true;
    }

    /** The order to compute in; empty if all inputs are plain anyway or some input can't be brought into another. */
    static Optional<Permutation> commonOrder(List<EdgeValue> inputs, int rank, Layouts layouts) {
        Permutation common = null;
        for (EdgeValue input : inputs) {
            View view = layouts.view(input);
            if (!input.isConstant() && !hasOneElement(input) && (input.rank() != rank || view.isFlattened())) {
                return Optional.empty();
            }
            if (common == null
                    && !input.isConstant()
                    && input.rank() == rank
                    && !view.order().isIdentity()) {
                common = view.order();
            }
        }
        return Optional.ofNullable(common);
    }

    /** The value as {@code order} of it would give it back. */
    static EdgeValue ordered(EdgeValue value, Permutation order, Layouts layouts) {
        // Broadcasting aligns at the last axis, so axes of length 1 come first.
        EdgeValue full = value.isConstant() ? value.reshaped(Shapes.extended(value.shape(), order.rank())) : value;
        View view = layouts.view(full);
        return layouts.transposed(view.base(), view.order().then(order.inverse()));
    }

    private static boolean hasOneElement(EdgeValue value) {
        return value.rank() == 0 || (value.isConstant() && Shapes.size(value.shape()) == 1);
    }
}
