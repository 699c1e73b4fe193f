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
        Optional<Permutation> common =
                BroadcastRule.commonOrder(operation.inputs(), operation.output().rank(), layouts);
        if (common.isEmpty() || !(operation.options() instanceof OperatorOptions.Concatenation settings)) {
            return false;
        }
        Permutation back = common.get().inverse();
        List<EdgeValue> inputs = operation.inputs().stream()
                .map(layouts::view)
                .map(view -> layouts.transposed(view.base(), view.order().then(back)))
                .toList();
        EdgeValue result = layouts.operations()
                .add(
                        operation.operator(),
                        new OperatorOptions.Concatenation(common.get().source(settings.axis())),
                        inputs,
                        operation.output().name(),
                        back.apply(operation.output().shape()));
        layouts.define(operation.output(), View.transposed(result, common.get()));
        return true;
    }
}
