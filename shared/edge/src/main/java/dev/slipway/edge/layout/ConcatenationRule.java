package dev.slipway.edge.layout;

import dev.slipway.edge.graph.EdgeOperation;
import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.graph.Permutation;
import dev.slipway.tflite.OperatorOptions;
import java.util.List;
import java.util.Optional;

/** A concatenation in another order of axes is one along another axis. */
final class ConcatenationRule implements LayoutRule {
    @Override
    public boolean apply(EdgeOperation operation, Layouts layouts) {
        int rank = operation.output().rank();
        Optional<Permutation> common = BroadcastRule.commonOrder(operation.inputs(), rank, layouts);
        if (common.isEmpty() || !(operation.options() instanceof OperatorOptions.Concatenation settings)) {
            return false;
        }
        Permutation order = common.get();
        List<EdgeValue> inputs = operation.inputs().stream()
                .map(input -> BroadcastRule.ordered(input, order, layouts))
                .toList();
        OperatorOptions options = new OperatorOptions.Concatenation(order.source(Math.floorMod(settings.axis(), rank)));
        layouts.addTransposed(operation.with(options), inputs, order);
        return true;
    }
}
