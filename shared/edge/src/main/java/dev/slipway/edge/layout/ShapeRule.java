package dev.slipway.edge.layout;

import dev.slipway.edge.graph.EdgeOperation;
import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.tflite.BuiltinOperator;
import dev.slipway.tflite.OperatorOptions;
import java.util.List;

/** The lengths of a transposed value are its lengths in another order. */
final class ShapeRule implements LayoutRule {
    @Override
    public boolean apply(EdgeOperation operation, Layouts layouts) {
        View view = layouts.view(operation.input(0));
        if (view.isPlain() || view.isFlattened()) {
            return false;
        }
        EdgeValue lengths = EdgeValue.computed(
                operation.output().name(),
                operation.output().type(),
                operation.output().shape());
        layouts.operations().add(operation.with(List.of(view.base()), List.of(lengths)));
        layouts.operations()
                .add(new EdgeOperation(
                        BuiltinOperator.GATHER,
                        new OperatorOptions.Gather(0, 0),
                        List.of(
                                lengths,
                                EdgeValue.integers("order", view.order().axes())),
                        operation.outputs()));
        return true;
    }
}
