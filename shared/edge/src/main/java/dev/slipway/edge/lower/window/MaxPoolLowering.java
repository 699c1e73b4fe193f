package dev.slipway.edge.lower.window;

import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.graph.Permutation;
import dev.slipway.edge.lower.Lowering;
import dev.slipway.edge.lower.LoweringContext;
import dev.slipway.onnx.OnnxNode;
import dev.slipway.tflite.BuiltinOperator;

/** MaxPool over images. */
final class MaxPoolLowering implements Lowering {
    private static final Permutation TO_LAST = Permutation.toChannelsLast(4);

    @Override
    public void lower(OnnxNode node, LoweringContext context) {
        if (node.outputs().size() > 1 && !node.outputs().get(1).isEmpty()) {
            throw context.refusal("indices", "its second output (indices) has no counterpart in TFLite");
        }
        EdgeValue input = context.input(node, 0);
        Window window = Pooling.window(node, context, input);
        Window.Padded padded =
                window.pad(node, context, context.kernels(node).transpose(input, TO_LAST), Float.NEGATIVE_INFINITY);
        EdgeValue result = Pooling.pool(
                node, context, BuiltinOperator.MAX_POOL_2D, window, padded, TO_LAST.apply(context.outputShape(node)));
        context.define(node, context.kernels(node).transpose(result, TO_LAST.inverse()));
    }
}
