package dev.slipway.edge.lower.elementwise;

import dev.slipway.onnx.OnnxNode;
import dev.slipway.tflite.BuiltinOperator;
import dev.slipway.tflite.OperatorOptions;
import dev.slipway.tflite.TensorType;
import java.util.List;

/** Activation functions with their settings. */
final class Activations {
    private static final float SELU_ALPHA = 1.6732632f;
    private static final float SELU_GAMMA = 1.050701f;
    private static final float QUICK_GELU_ALPHA = 1.702f;

    private Activations() {}

    static Term relu(Term x, OnnxNode node) {
        return x.value().type() == TensorType.FLOAT32 ? x.unary(BuiltinOperator.RELU) : x.atLeast(0);
    }

    static Term leakyRelu(Term x, OnnxNode node) {
        return x.with(x.kernels()
                .add(
                        BuiltinOperator.LEAKY_RELU,
                        new OperatorOptions.LeakyRelu(node.number("alpha").orElse(0.01f)),
                        List.of(x.value()),
                        x.value().type(),
                        x.value().shape()));
    }

    static Term elu(Term x, OnnxNode node) {
        return scaledBelowZero(x, node.number("alpha").orElse(1f));
    }

    static Term selu(Term x, OnnxNode node) {
        return scaledBelowZero(x, node.number("alpha").orElse(SELU_ALPHA))
                .times(node.number("gamma").orElse(SELU_GAMMA));
    }

    static Term celu(Term x, OnnxNode node) {
        float alpha = node.number("alpha").orElse(1f);
        return alpha == 1
                ? x.unary(BuiltinOperator.ELU)
                : x.over(x.number(alpha)).unary(BuiltinOperator.ELU).times(alpha);
    }

    static Term thresholdedRelu(Term x, OnnxNode node) {
        return x.isGreater(node.number("alpha").orElse(1f)).choose(x, x.number(0));
    }

    static Term hardSigmoid(Term x, OnnxNode node) {
        float alpha = node.number("alpha").orElse(0.2f);
        float beta = node.number("beta").orElse(0.5f);
        Term line = alpha == 1 ? x : x.times(alpha);
        return line.plus(beta).atMost(1).atLeast(0);
    }

    static Term swish(Term x, OnnxNode node) {
        return gated(x, node.number("alpha").orElse(1f));
    }

    static Term quickGelu(Term x, OnnxNode node) {
        return gated(x, node.number("alpha").orElse(QUICK_GELU_ALPHA));
    }

    static Term mish(Term x, OnnxNode node) {
        return x.times(Functions.softplus(x).unary(BuiltinOperator.TANH));
    }

    static Term softsign(Term x, OnnxNode node) {
        return x.over(x.magnitude().plus(1));
    }

    static Term shrink(Term x, OnnxNode node) {
        float bound = node.number("lambd").orElse(0.5f);
        float bias = node.number("bias").orElse(0f);
        Term above = x.isGreater(bound).choose(x.minus(bias), x.number(0));
        return x.isLess(-bound).choose(x.plus(bias), above);
    }

    static Term isInfinite(Term x, OnnxNode node) {
        boolean negative = node.integer("detect_negative").orElse(1L) != 0;
        boolean positive = node.integer("detect_positive").orElse(1L) != 0;
        if (negative && positive) {
            return x.magnitude().equals(Double.POSITIVE_INFINITY);
        } else if (negative || positive) {
            return x.equals(positive ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY);
        }
        return x.isGreater(Double.POSITIVE_INFINITY);
    }

    private static Term gated(Term x, float alpha) {
        return x.times((alpha == 1 ? x : x.times(alpha)).logistic());
    }

    /** ELU has no scale of its own. */
    private static Term scaledBelowZero(Term x, float alpha) {
        Term elu = x.unary(BuiltinOperator.ELU);
        return alpha == 1 ? elu : x.isLess(0).choose(elu.times(alpha), x);
    }
}
