package dev.slipway.edge.layout;

import dev.slipway.edge.graph.EdgeOperation;

/** Softmax works along the last axis, so a transpose passes it if it leaves that axis the last. */
final class SoftmaxRule implements LayoutRule {
    private final UnaryRule unary = new UnaryRule();

    @Override
    public boolean apply(EdgeOperation operation, Layouts layouts) {
        View view = layouts.view(operation.input(0));
        int last = view.order().rank() - 1;
        return last >= 0 && !view.isFlattened() && view.order().source(last) == last && unary.apply(operation, layouts);
    }
}
