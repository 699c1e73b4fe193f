package dev.slipway.edge.layout;

import dev.slipway.edge.graph.EdgeOperation;
import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.graph.Permutation;
import java.util.ArrayList;
import java.util.List;

/**
 * An operator whose further inputs are constants with a row for each axis, in the order of the axes: paddings, begins and
 * sizes of a slice, multiples of a tile. The rows are put in the order of the input's axes.
 */
record PerAxisRule(int firstPerAxisInput, int lastPerAxisInput) implements LayoutRule {
    @Override
    public boolean apply(EdgeOperation operation, Layouts layouts) {
        View view = layouts.view(operation.input(0));
        int rank = view.order().rank();
        List<EdgeValue> inputs = new ArrayList<>(operation.inputs());
        if (view.isFlattened() || operation.output().rank() != rank) {
            return false;
        }
        Permutation back = view.order().inverse();
        inputs.set(0, view.base());
        for (int i = firstPerAxisInput; i <= lastPerAxisInput; i++) {
            EdgeValue rows = inputs.get(i);
            if (!rows.isConstant() || rows.shape().get(0) != rank) {
                return false;
            }
            inputs.set(i, reordered(rows, back));
        }
        layouts.addTransposed(operation, inputs, view.order());
        return true;
    }

    private static EdgeValue reordered(EdgeValue rows, Permutation order) {
        List<Integer> values = rows.integers();
        int width = order.rank() == 0 ? 0 : values.size() / order.rank();
        List<Integer> result = new ArrayList<>();
        for (int axis : order.axes()) {
            result.addAll(values.subList(axis * width, (axis + 1) * width));
        }
        EdgeValue integers = EdgeValue.integers(rows.name(), rows.shape(), result);
        return integers.cast(rows.type());
    }
}
