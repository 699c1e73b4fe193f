package dev.slipway.edge.layout;

import dev.slipway.edge.graph.EdgeOperation;
import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.graph.Permutation;
import java.util.List;

/** ARG_MAX and ARG_MIN drop the axis that they search: the others stand as the transpose leaves them. */
final class ArgExtremumRule implements LayoutRule {
    @Override
    public boolean apply(EdgeOperation operation, Layouts layouts) {
        View view = layouts.view(operation.input(0));
        EdgeValue given = operation.input(1);
        if (view.isFlattened() || !given.isConstant() || view.order().rank() == 0) {
            return false;
        }
        int axis = Math.floorMod(given.integers().get(0), view.order().rank());
        int source = view.order().source(axis);
        Permutation rest = new Permutation(view.order().axes().stream()
                .filter(other -> other != source)
                .map(other -> other > source ? other - 1 : other)
                .toList());
        EdgeValue searched = EdgeValue.integers("axis", given.shape(), List.of(source));
        layouts.addTransposed(operation, List.of(view.base(), searched), rest);
        return true;
    }
}
