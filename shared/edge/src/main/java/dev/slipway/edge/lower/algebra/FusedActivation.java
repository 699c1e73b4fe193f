package dev.slipway.edge.lower.algebra;

import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.graph.Kernels;
import dev.slipway.edge.lower.LoweringContext;
import dev.slipway.onnx.OnnxNode;
import dev.slipway.tflite.BuiltinOperator;
import dev.slipway.tflite.OperatorOptions;
import java.util.List;

/** The activation that a fused operator names in an attribute. */
final class FusedActivation {
    private static final float DEFAULT_SLOPE = 0.01f;

    private FusedActivation() {}

    static EdgeValue apply(OnnxNode node, LoweringContext context, EdgeValue value) {
        Kernels kernels = context.kernels(node);
        String name = node.text("activation").orElse("");
        return switch (name) {
            case "" -> value;
            case "Relu" -> kernels.unary(BuiltinOperator.RELU, value);
            case "Sigmoid" -> kernels.unary(BuiltinOperator.LOGISTIC, value);
            case "Tanh" -> kernels.unary(BuiltinOperator.TANH, value);
            case "LeakyRelu" ->
                kernels.add(
                        BuiltinOperator.LEAKY_RELU,
                        new OperatorOptions.LeakyRelu(
                                node.number("activation_alpha").orElse(DEFAULT_SLOPE)),
                        List.of(value),
                        value.type(),
                        value.shape());
            default -> throw context.refusal("activation", "its activation " + name + " is not known");
        };
    }
}
