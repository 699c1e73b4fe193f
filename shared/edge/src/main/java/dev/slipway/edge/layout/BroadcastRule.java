package dev.slipway.edge.layout;

import dev.slipway.edge.graph.EdgeOperation;
import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.graph.Permutation;
import java.util.ArrayList;
import java.util.Collections;
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
        Permutation back = common.get().inverse();
        List<EdgeValue> inputs = new ArrayList<>();
        for (EdgeValue input : operation.inputs()) {
            EdgeValue full = input.isConstant() ? input.reshaped(extended(input.shape(), rank)) : input;
            View view = layouts.view(full);
            inputs.add(layouts.transposed(view.base(), view.order().then(back)));
        }
        EdgeValue result = layouts.operations()
                .add(
                        operation.operator(),
                        operation.options(),
                        inputs,
                        operation.output().name(),
                        back.apply(operation.output().shape()));
        layouts.define(operation.output(), View.transposed(result, common.get()));
        return true;
    }

    /** The order to compute in; empty if all inputs are plain anyway or some input can't be brought into another. */
    static Optional<Permutation> commonOrder(List<EdgeValue> inputs, int rank, Layouts layouts) {
        Permutation common = null;
        for (EdgeValue input : inputs) {
            View view = layouts.view(input);
            if (!input.isConstant() && (input.rank() != rank || view.isFlattened())) {
                return Optional.empty();
            }
            if (common == null && !input.isConstant() && !view.order().isIdentity()) {
                common = view.order();
            }
        }
        return Optional.ofNullable(common);
    }

    /** Broadcasting aligns at the last axis, so axes of length 1 come first. */
    private static List<Integer> extended(List<Integer> shape, int rank) {
        List<Integer> extended = new ArrayList<>(Collections.nCopies(rank - shape.size(), 1));
        extended.addAll(shape);
        return extended;
    }
}
