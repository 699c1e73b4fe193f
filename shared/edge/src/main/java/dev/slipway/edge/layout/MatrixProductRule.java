package dev.slipway.edge.layout;

import dev.slipway.edge.graph.EdgeOperation;
import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.graph.Permutation;
import dev.slipway.tflite.OperatorOptions.BatchMatMul;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** BATCH_MATMUL reads a side whose last two axes are swapped without a transpose. */
final class MatrixProductRule implements LayoutRule {
    @Override
    public boolean apply(EdgeOperation operation, Layouts layouts) {
        BatchMatMul settings = (BatchMatMul) operation.options();
        boolean left = isSwapped(operation.input(0), layouts);
        boolean right = isSwapped(operation.input(1), layouts);
        if (!left && !right) {
            return false;
        }
        List<EdgeValue> inputs =
                List.of(side(operation.input(0), left, layouts), side(operation.input(1), right, layouts));
        BatchMatMul swapped = new BatchMatMul(settings.transposeLeft() != left, settings.transposeRight() != right);
        layouts.operations().add(operation.with(swapped).with(inputs, operation.outputs()));
        return true;
    }

    private static EdgeValue side(EdgeValue value, boolean swapped, Layouts layouts) {
        return swapped ? layouts.view(value).base() : layouts.materialised(value);
    }

    private static boolean isSwapped(EdgeValue value, Layouts layouts) {
        View view = layouts.view(value);
        int rank = view.order().rank();
        if (view.isFlattened() || value.isConstant() || rank < 2) {
            return false;
        }
        List<Integer> axes = new ArrayList<>(Permutation.identity(rank).axes());
        Collections.swap(axes, rank - 1, rank - 2);
        return view.order().axes().equals(axes);
    }
}
