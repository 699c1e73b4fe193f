package dev.slipway.edge.layout;

import dev.slipway.edge.graph.EdgeOperation;
import dev.slipway.edge.graph.EdgeValue;
import java.util.List;

/** A function of one element at a time does not care in which order they stand. */
final class UnaryRule implements LayoutRule {
    @Override
    public boolean apply(EdgeOperation operation, Layouts layouts) {
        View view = layouts.view(operation.input(0));
        EdgeValue result = layouts.operations()
                .add(
                        operation.operator(),
                        operation.options(),
                        List.of(view.base()),
                        operation.output().name(),
                        view.base().shape());
        layouts.define(operation.output(), view.onto(result));
        return true;
    }
}
