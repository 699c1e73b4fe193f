package dev.slipway.edge.layout;

import dev.slipway.edge.graph.EdgeOperation;
import dev.slipway.edge.graph.EdgeValue;
import java.util.ArrayList;
import java.util.List;

/** A split in another order of axes is one along another axis, which is an input of SPLIT and SPLIT_V. */
record SplitRule(int valueInput, int axisInput) implements LayoutRule {
    @Override
    public boolean apply(EdgeOperation operation, Layouts layouts) {
        View view = layouts.view(operation.input(valueInput));
        EdgeValue axis = operation.input(axisInput);
        if (view.isFlattened() || !axis.isConstant()) {
            return false;
        }
        int source = view.order()
                .source(Math.floorMod(axis.integers().get(0), view.order().rank()));
        List<EdgeValue> inputs = new ArrayList<>(operation.inputs());
        inputs.set(valueInput, view.base());
        inputs.set(axisInput, EdgeValue.integers("axis", axis.shape(), List.of(source)));
        layouts.addTransposed(operation, inputs, view.order());
        return true;
    }
}
