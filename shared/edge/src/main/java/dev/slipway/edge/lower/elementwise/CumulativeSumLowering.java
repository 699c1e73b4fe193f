package dev.slipway.edge.lower.elementwise;

import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.graph.Kernels;
import dev.slipway.edge.graph.Length;
import dev.slipway.edge.lower.Lowering;
import dev.slipway.edge.lower.LoweringContext;
import dev.slipway.onnx.OnnxNode;
import dev.slipway.tflite.BuiltinOperator;
import dev.slipway.tflite.OperatorOptions;
import dev.slipway.tflite.TensorType;
import java.util.List;

/** CumSum: CUMSUM, whose axis may be computed. */
final class CumulativeSumLowering implements Lowering {
    @Override
    public void lower(OnnxNode node, LoweringContext context) {
        Kernels kernels = context.kernels(node);
        EdgeValue input = context.input(node, 0);
        EdgeValue axis =
                kernels.reshape(kernels.cast(context.input(node, 1), TensorType.INT32), List.of(Length.fixed(1)));
        OperatorOptions options = new OperatorOptions.CumulativeSum(
                node.integer("exclusive").orElse(0L) != 0,
                node.integer("reverse").orElse(0L) != 0);
        context.define(
                node, kernels.add(BuiltinOperator.CUMSUM, options, List.of(input, axis), input.type(), input.shape()));
    }
}
