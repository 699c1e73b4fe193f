package dev.slipway.edge.layout;

import dev.slipway.edge.graph.EdgeOperation;
import dev.slipway.edge.graph.EdgeValue;
import java.util.List;

/** An operator that keeps the shape and works along constant axes, its second input: REVERSE_V2, CUMSUM. */
final class AxesInputRule implements LayoutRule {
    @Override
    public boolean apply(EdgeOperation operation, Layouts layouts) {
        View view = layouts.view(operation.input(0));
        EdgeValue given = operation.input(1);
        if (view.isFlattened() || !given.isConstant()) {
            return false;
        }
        int rank = view.order().rank();
        List<Integer> axes = given.integers().stream()
                .map(axis -> view.order().source(Math.floorMod(axis, rank)))
                .toList();
        EdgeValue moved = EdgeValue.integers("axes", given.shape(), axes);
        layouts.addTransposed(operation, List.of(view.base(), moved), view.order());
        return true;
    }
}
