package dev.slipway.edge.layout;

import dev.slipway.edge.graph.EdgeOperation;
import dev.slipway.tflite.OperatorOptions;
import java.util.List;

/** A gather that keeps the rank, its indices being a vector, in another order of axes is one along another axis. */
final class GatherRule implements LayoutRule {
    @Override
    public boolean apply(EdgeOperation operation, Layouts layouts) {
        View view = layouts.view(operation.input(0));
        OperatorOptions.Gather settings = (OperatorOptions.Gather) operation.options();
        if (view.isFlattened()
                || settings.batchDimensions() != 0
                || operation.input(1).rank() != 1) {
            return false;
        }
        int axis =
                view.order().source(Math.floorMod(settings.axis(), view.order().rank()));
        layouts.addTransposed(
                operation.with(new OperatorOptions.Gather(axis, 0)),
                List.of(view.base(), layouts.materialised(operation.input(1))),
                view.order());
        return true;
    }
}
