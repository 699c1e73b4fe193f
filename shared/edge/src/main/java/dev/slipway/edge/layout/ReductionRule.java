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
                || !operation.input(1).isConstant()
                || !(operation.options() instanceof OperatorOptions.Reduction settings)
                || !settings.keepDimensions()) {
            return false;
        }
        List<Integer> axes =
                operation.input(1).integers().stream().map(view.order()::source).toList();
        layouts.addTransposed(operation, List.of(view.base(), EdgeValue.integers("axes", axes)), view.order());
        return true;
    }
}
