package dev.slipway.edge.lower.elementwise;

import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.lower.Lowering;
import dev.slipway.edge.lower.LoweringContext;
import dev.slipway.onnx.OnnxNode;
import dev.slipway.tflite.BuiltinOperator;
import dev.slipway.tflite.OperatorOptions;
import java.util.List;

/** LeakyRelu with its slope. */
final class LeakyReluLowering implements Lowering {
    private static final float DEFAULT_ALPHA = 0.01f;

    @Override
    public void lower(OnnxNode node, LoweringContext context) {
        EdgeValue input = context.input(node, 0);
        OperatorOptions options =
                new OperatorOptions.LeakyRelu(node.number("alpha").orElse(DEFAULT_ALPHA));
        context.define(node, context.add(node, BuiltinOperator.LEAKY_RELU, options, List.of(input), input.shape()));
    }
}
