package dev.slipway.edge.lower.algebra;

import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.graph.Kernels;
import dev.slipway.edge.lower.Lowering;
import dev.slipway.edge.lower.LoweringContext;
import dev.slipway.onnx.OnnxNode;
import java.util.ArrayList;
import java.util.List;

/** MatMul: FULLY_CONNECTED where the right side is a constant matrix, otherwise BATCH_MATMUL; vectors are matrices of one row or column. */
final class MatMulLowering implements Lowering {
    @Override
    public void lower(OnnxNode node, LoweringContext context) {
        Kernels kernels = context.kernels(node);
        EdgeValue left = context.input(node, 0);
        EdgeValue right = context.input(node, 1);
        EdgeValue rows = left.rank() == 1 ? kernels.unsqueeze(left, List.of(0)) : left;
        EdgeValue columns = right.rank() == 1 ? kernels.unsqueeze(right, List.of(1)) : right;
        EdgeValue product = new MatrixProduct(kernels).of(rows, columns, false, false);
        List<Integer> added = new ArrayList<>();
        if (left.rank() == 1) {
            added.add(product.rank() - 2);
        }
        if (right.rank() == 1) {
            added.add(product.rank() - 1);
        }
        context.define(node, context.wrapped(node, kernels.squeeze(product, added)));
    }
}
