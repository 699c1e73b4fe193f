package dev.slipway.edge.lower.algebra;

import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.graph.Permutation;
import dev.slipway.edge.lower.Lowering;
import dev.slipway.edge.lower.LoweringContext;
import dev.slipway.onnx.OnnxNode;
import dev.slipway.tflite.Activation;
import dev.slipway.tflite.BuiltinOperator;
import dev.slipway.tflite.OperatorOptions;
import java.util.List;

/** MatMul as FULLY_CONNECTED where the right side is a constant matrix, otherwise as BATCH_MATMUL. */
final class MatrixProductLowering implements Lowering {
    @Override
    public void lower(OnnxNode node, LoweringContext context) {
        EdgeValue left = context.input(node, 0);
        EdgeValue right = context.input(node, 1);
        if (left.rank() < 2 || right.rank() < 2) {
            throw context.refusal("rank", "it multiplies a vector, and only matrices are supported");
        }
        List<Integer> shape = context.outputShape(node);
        if (right.isConstant() && right.rank() == 2) {
            int units = right.shape().get(1);
            EdgeValue zeros = EdgeValue.floats(node.label() + "/bias", List.of(units), new float[units]);
            context.define(
                    node,
                    context.add(
                            node,
                            BuiltinOperator.FULLY_CONNECTED,
                            new OperatorOptions.FullyConnected(left.rank() > 2, Activation.NONE),
                            List.of(left, right.transposed(Permutation.of(1, 0)), zeros),
                            shape));
        } else {
            context.define(
                    node,
                    context.add(
                            node,
                            BuiltinOperator.BATCH_MATMUL,
                            new OperatorOptions.BatchMatMul(false, false),
                            List.of(left, right),
                            shape));
        }
    }
}
