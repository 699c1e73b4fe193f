package dev.slipway.edge.lower.window;

import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.lower.LoweringContext;
import dev.slipway.onnx.OnnxNode;
import dev.slipway.tflite.Activation;
import dev.slipway.tflite.BuiltinOperator;
import dev.slipway.tflite.OperatorOptions;
import java.util.List;

/** What maximum and average pooling share. */
final class Pooling {
    private Pooling() {}

    static Window window(OnnxNode node, LoweringContext context, EdgeValue input) {
        List<Long> kernel = node.integers("kernel_shape").orElse(List.of());
        Window window = Window.of(node, context, input.shape(), kernel);
        if (window.height().dilation() != 1 || window.width().dilation() != 1) {
            throw context.refusal("dilations", "TFLite has no pooling with dilations");
        }
        return window;
    }

    static EdgeValue pool(
            OnnxNode node,
            LoweringContext context,
            BuiltinOperator operator,
            Window window,
            Window.Padded padded,
            List<Integer> shape) {
        OperatorOptions options = new OperatorOptions.Pooling(
                padded.padding(),
                window.height().stride(),
                window.width().stride(),
                window.height().kernel(),
                window.width().kernel(),
                Activation.NONE);
        return context.add(node, operator, options, List.of(padded.value()), shape);
    }
}
