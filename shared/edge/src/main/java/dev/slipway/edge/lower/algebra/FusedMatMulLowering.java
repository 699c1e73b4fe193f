package dev.slipway.edge.lower.algebra;

import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.graph.Kernels;
import dev.slipway.edge.graph.Permutation;
import dev.slipway.edge.lower.Lowering;
import dev.slipway.edge.lower.LoweringContext;
import dev.slipway.onnx.OnnxNode;
import java.util.ArrayList;
import java.util.List;

/** A product of matrices, either of which may be transposed, times a factor. */
final class FusedMatMulLowering implements Lowering {
    @Override
    public void lower(OnnxNode node, LoweringContext context) {
        Kernels kernels = context.kernels(node);
        EdgeValue left = operand(node, context, 0, "transBatchA");
        EdgeValue right = operand(node, context, 1, "transBatchB");
        EdgeValue product = new MatrixProduct(kernels)
                .of(
                        left,
                        right,
                        node.integer("transA").orElse(0L) != 0,
                        node.integer("transB").orElse(0L) != 0);
        float alpha = node.number("alpha").orElse(1f);
        context.define(node, alpha == 1 ? product : kernels.multiply(product, alpha));
    }

    private static EdgeValue operand(OnnxNode node, LoweringContext context, int index, String batchLast) {
        EdgeValue value = context.input(node, index);
        if (value.rank() < 2) {
            throw context.refusal("rank", "it multiplies a vector");
        }
        if (node.integer(batchLast).orElse(0L) == 0) {
            return value;
        }
        // The first axis holds the rows, and the batches stand between it and the columns.
        List<Integer> axes = new ArrayList<>(Permutation.identity(value.rank()).axes());
        axes.remove(0);
        axes.add(value.rank() - 2, 0);
        return context.kernels(node).transpose(value, new Permutation(axes));
    }
}
