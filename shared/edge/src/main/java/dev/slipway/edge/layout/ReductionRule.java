package dev.slipway.edge.layout;

import dev.slipway.edge.graph.EdgeOperation;
import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.tflite.OperatorOptions;
import java.util.List;

/** A reduction that keeps its axes, in another order of axes, reduces others. */
final class ReductionRule implements LayoutRule {
    @Override
    public boolean apply(EdgeOperation operation, Layouts layouts) {
        View view = layouts.view(operation.input(0));
        if (view.isFlattened()
                || !(operation.options() instanceof OperatorOptions.Reduction settings)
                || !settings.keepDimensions()) {
            return false;
        }
        List<Integer> axes =
                operation.input(1).integers().stream().map(view.order()::source).toList();
        EdgeValue result = layouts.operations()
                .add(
                        operation.operator(),
                        operation.options(),
                        List.of(view.base(), EdgeValue.integers("axes", axes)),
                        operation.output().name(),
                        view.order().inverse().apply(operation.output().shape()));
        layouts.define(operation.output(), View.transposed(result, view.order()));
        return true;
    }
}
