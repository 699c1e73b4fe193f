package dev.slipway.edge.layout;

import dev.slipway.edge.graph.EdgeOperation;
import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.tflite.TensorType;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** A function of one element at a time does not care in which order they stand. */
final class UnaryRule implements LayoutRule {
    /** What TRANSPOSE takes; no transpose may be put off behind a cast to another type. */
    private static final Set<TensorType> MOVABLE = EnumSet.of(
            TensorType.FLOAT32,
            TensorType.INT8,
            TensorType.UINT8,
            TensorType.INT16,
            TensorType.INT32,
            TensorType.INT64,
            TensorType.BOOL);

    @Override
    public boolean apply(EdgeOperation operation, Layouts layouts) {
        View view = layouts.view(operation.input(0));
        EdgeValue old = operation.output();
        if (!MOVABLE.contains(old.type())) {
            return false;
        }
        EdgeValue result = view.isFlattened()
                ? old.flattened(view.base().shape())
                : old.permuted(view.order().inverse());
        layouts.operations().add(operation.with(List.of(view.base()), List.of(result)));
        layouts.define(old, view.onto(result));
        return true;
    }
}
