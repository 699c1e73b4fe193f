package dev.slipway.edge.layout;

import dev.slipway.edge.graph.EdgeOperation;
import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.graph.Permutation;
import java.util.ArrayList;
import java.util.List;

/** Behind a flattened image the constant weights are put in the order of the image's axes, instead of the image. */
final class FullyConnectedRule implements LayoutRule {
    @Override
    public boolean apply(EdgeOperation operation, Layouts layouts) {
        View view = layouts.view(operation.input(0));
        EdgeValue weights = operation.input(1);
        if (!view.isFlattened() || !weights.isConstant()) {
            return false;
        }
        List<Integer> image = view.order().apply(view.base().shape());
        Permutation back = view.order().inverse();
        // The batch axis is the first in both orders, and so is the axis of units.
        List<Integer> perUnit = new ArrayList<>(image);
        perUnit.set(0, weights.shape().get(0));
        EdgeValue reordered = weights.reshaped(perUnit).transposed(back).reshaped(weights.shape());
        EdgeValue flat = layouts.operations().reshape(view.base(), view.shape());
        List<EdgeValue> inputs = new ArrayList<>(List.of(flat, reordered));
        inputs.addAll(operation.inputs().subList(2, operation.inputs().size()));
        layouts.operations()
                .add(new EdgeOperation(operation.operator(), operation.options(), inputs, operation.outputs()));
        return true;
    }
}
