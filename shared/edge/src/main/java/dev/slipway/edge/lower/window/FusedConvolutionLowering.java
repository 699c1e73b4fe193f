package dev.slipway.edge.lower.window;

import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.graph.Kernels;
import dev.slipway.edge.lower.Lowering;
import dev.slipway.edge.lower.LoweringContext;
import dev.slipway.onnx.OnnxNode;
import dev.slipway.tflite.BuiltinOperator;
import dev.slipway.tflite.OperatorOptions;
import dev.slipway.tflite.TensorType;
import java.util.List;

/** FusedConv of ONNX Runtime: Conv, plus another value, then an activation. */
final class FusedConvolutionLowering implements Lowering {
    private static final int ADDEND = 3;

    @Override
    public void lower(OnnxNode node, LoweringContext context) {
        Kernels kernels = context.kernels(node);
        EdgeValue sum = ConvolutionLowering.convolution(node, context);
        if (node.input(ADDEND).isPresent()) {
            sum = kernels.add(sum, context.input(node, ADDEND));
        }
        context.define(node, activated(node, context, sum));
    }

    private static EdgeValue activated(OnnxNode node, LoweringContext context, EdgeValue value) {
        Kernels kernels = context.kernels(node);
        List<Float> numbers = node.numbers("activation_params").orElse(List.of());
        String activation = node.text("activation").orElse("");
        return switch (activation) {
            case "" -> value;
            case "Relu" -> kernels.unary(BuiltinOperator.RELU, value);
            case "Tanh" -> kernels.unary(BuiltinOperator.TANH, value);
            case "Sigmoid" -> kernels.unary(BuiltinOperator.LOGISTIC, value);
            case "LeakyRelu" ->
                kernels.add(
                        BuiltinOperator.LEAKY_RELU,
                        new OperatorOptions.LeakyRelu(numbers.get(0)),
                        List.of(value),
                        value.type(),
                        value.shape());
            case "Clip" -> clamped(kernels, value, numbers.get(0), numbers.get(1));
            case "HardSigmoid" ->
                clamped(kernels, kernels.add(kernels.multiply(value, numbers.get(0)), numbers.get(1)), 0, 1);
            default -> throw context.refusal("activation", "its activation '" + activation + "' is not known");
        };
    }

    private static EdgeValue clamped(Kernels kernels, EdgeValue value, double least, double most) {
        EdgeValue above = kernels.maximum(value, EdgeValue.scalar(TensorType.FLOAT32, least));
        return kernels.minimum(above, EdgeValue.scalar(TensorType.FLOAT32, most));
    }
}
