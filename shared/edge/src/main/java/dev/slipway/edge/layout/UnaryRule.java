package dev.slipway.edge.layout;

import dev.slipway.edge.graph.EdgeOperation;
import dev.slipway.edge.graph.EdgeValue;
import java.util.List;

/** A function of one element at a time does not care in which order they stand. */
final class UnaryRule implements LayoutRule {
    @Override
    public boolean apply(EdgeOperation operation, Layouts layouts) {
        View view = layouts.view(operation.input(0));
        EdgeValue old = operation.output();
        EdgeValue result = view.isFlattened()
                ? EdgeValue.computed(old.name(), old.type(), view.base().shape())
                : old.permuted(view.order().inverse());
        layouts.operations().add(operation.with(List.of(view.base()), List.of(result)));
        layouts.define(old, view.onto(result));
        return true;
    }
}
