package dev.slipway.edge.lower.elementwise;

import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.graph.Kernels;
import dev.slipway.edge.lower.Lowering;
import dev.slipway.edge.lower.LoweringContext;
import dev.slipway.onnx.OnnxNode;
import dev.slipway.tflite.BuiltinOperator;
import dev.slipway.tflite.OperatorOptions;
import java.util.List;

/** GELU of the input, or of the sum of two. */
record GeluLowering(boolean alwaysApproximate) implements Lowering {
    @Override
    public void lower(OnnxNode node, LoweringContext context) {
        Kernels kernels = context.kernels(node);
        boolean approximate =
                alwaysApproximate || node.text("approximate").orElse("none").equals("tanh");
        EdgeValue input = context.input(node, 0);
        EdgeValue sum = node.input(1).isPresent() ? kernels.add(input, context.input(node, 1)) : input;
        context.define(
                node,
                kernels.add(
                        BuiltinOperator.GELU,
                        new OperatorOptions.Gelu(approximate),
                        List.of(sum),
                        sum.type(),
                        sum.shape()));
    }
}
