package dev.slipway.edge.lower.window;

import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.graph.Permutation;
import dev.slipway.edge.lower.Lowering;
import dev.slipway.edge.lower.LoweringContext;
import dev.slipway.onnx.OnnxNode;
import dev.slipway.onnx.OnnxTensor;
import dev.slipway.tflite.Activation;
import dev.slipway.tflite.BuiltinOperator;
import dev.slipway.tflite.OperatorOptions;
import java.util.List;

/** Conv over images: CONV_2D, also grouped, or DEPTHWISE_CONV_2D where every channel is a group of its own. */
final class ConvolutionLowering implements Lowering {
    private static final Permutation TO_LAST = Permutation.toChannelsLast(4);
    // From ONNX's (multiplier · channels, 1, height, width) to (1, height, width, multiplier · channels).
    private static final Permutation DEPTHWISE_WEIGHTS = Permutation.of(1, 2, 3, 0);

    @Override
    public void lower(OnnxNode node, LoweringContext context) {
        EdgeValue input = context.input(node, 0);
        OnnxTensor weights = context.constant(node, 1).orElseThrow();
        List<Long> kernel =
                weights.shape().stream().skip(2).map(Integer::longValue).toList();
        Window window = Window.of(node, context, input.shape(), kernel);
        int channels = weights.shape().get(0);
        float[] bias = context.constant(node, 2).map(OnnxTensor::floats).orElse(new float[channels]);

        Window.Padded padded = window.pad(node, context, context.kernels(node).transpose(input, TO_LAST), 0);
        EdgeValue filter = EdgeValue.floats(node.inputs().get(1), weights.shape(), weights.floats());
        long groups = node.integer("group").orElse(1L);
        boolean depthwise = groups > 1 && groups == input.shape().get(1);
        List<EdgeValue> inputs = List.of(
                padded.value(),
                filter.transposed(depthwise ? DEPTHWISE_WEIGHTS : TO_LAST),
                EdgeValue.floats(node.label() + "/bias", List.of(channels), bias));
        EdgeValue result = context.add(
                node,
                depthwise ? BuiltinOperator.DEPTHWISE_CONV_2D : BuiltinOperator.CONV_2D,
                depthwise ? depthwise(window, padded, (int) (channels / groups)) : convolution(window, padded),
                inputs,
                TO_LAST.apply(context.outputShape(node)));
        context.define(node, context.kernels(node).transpose(result, TO_LAST.inverse()));
    }

    private static OperatorOptions convolution(Window window, Window.Padded padded) {
        return new OperatorOptions.Convolution(
                padded.padding(),
                window.height().stride(),
                window.width().stride(),
                window.height().dilation(),
                window.width().dilation(),
                Activation.NONE);
    }

    private static OperatorOptions depthwise(Window window, Window.Padded padded, int multiplier) {
        return new OperatorOptions.DepthwiseConvolution(
                padded.padding(),
                window.height().stride(),
                window.width().stride(),
                window.height().dilation(),
                window.width().dilation(),
                multiplier,
                Activation.NONE);
    }
}
