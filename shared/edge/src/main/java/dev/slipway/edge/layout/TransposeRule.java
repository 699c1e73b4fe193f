package dev.slipway.edge.layout;

import dev.slipway.edge.graph.EdgeOperation;
import dev.slipway.edge.graph.Permutation;

/** A transpose is put off: it only changes how its input is seen. Inverse ones so cancel. */
final class TransposeRule implements LayoutRule {
    @Override
    public boolean apply(EdgeOperation operation, Layouts layouts) {
        View view = layouts.view(operation.input(0));
        if (view.isFlattened()) {
            return false;
        }
        Permutation order = new Permutation(operation.input(1).integers());
        layouts.define(
                operation.output(), View.transposed(view.base(), view.order().then(order)));
        return true;
    }
}
