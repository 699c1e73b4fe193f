package dev.slipway.edge.layout;

import dev.slipway.edge.graph.EdgeOperation;
import java.util.List;

/**
 * A reshape after a transpose that only moves axes of length 1 needs no transpose. A reshape that flattens everything
 * behind the batch is put off, so that a fully connected layer behind it can take the elements in the order they are in.
 */
final class ReshapeRule implements LayoutRule {
    @Override
    public boolean apply(EdgeOperation operation, Layouts layouts) {
        View view = layouts.view(operation.input(0));
        List<Integer> shape = operation.output().shape();
        if (view.isPlain() || view.isFlattened()) {
            return false;
        }
        if (view.order().keepsOrder(view.base().shape())) {
            layouts.define(operation.output(), View.of(layouts.operations().reshape(view.base(), shape)));
            return true;
        }
        if (isFlatten(view, shape)) {
            layouts.define(operation.output(), new View(view.base(), view.order(), shape));
            return true;
        }
        return false;
    }

    private static boolean isFlatten(View view, List<Integer> shape) {
        List<Integer> from = view.shape();
        return shape.size() == 2
                && shape.get(0).equals(from.get(0))
                && view.order().source(0) == 0
                && !from.subList(1, from.size()).contains(-1);
    }
}
