package dev.slipway.edge.lower.control;

import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.graph.Kernels;
import dev.slipway.edge.lower.LoweringContext;
import dev.slipway.onnx.OnnxNode;
import dev.slipway.tflite.BuiltinOperator;
import dev.slipway.tflite.OperatorOptions;
import dev.slipway.tflite.TensorType;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The activations of one direction of a recurrent layer, in ONNX's order, behind its clip. */
record Activations(List<Activation> functions, float clip) {
    private static final Set<String> WITH_ALPHA =
            Set.of("affine", "leakyrelu", "thresholdedrelu", "scaledtanh", "hardsigmoid", "elu");
    private static final Set<String> WITH_BETA = Set.of("affine", "scaledtanh", "hardsigmoid");

    /** One function with its parameters, where it has any. */
    record Activation(String name, float alpha, float beta) {}

    /** The activations of each direction; {@code standard} are those of one direction if none are stated. */
    static List<Activations> of(OnnxNode node, LoweringContext context, int directions, List<String> standard) {
        List<String> names = new ArrayList<>(node.texts("activations").orElse(List.of()));
        while (names.size() < directions * standard.size()) {
            names.add(standard.get(names.size() % standard.size()));
        }
        Iterator<Float> alphas =
                node.numbers("activation_alpha").orElse(List.of()).iterator();
        Iterator<Float> betas =
                node.numbers("activation_beta").orElse(List.of()).iterator();
        List<Activation> all = names.stream()
                .map(name -> name.toLowerCase(Locale.ROOT))
                .map(name -> new Activation(
                        name,
                        WITH_ALPHA.contains(name) && alphas.hasNext() ? alphas.next() : standardAlpha(name),
                        WITH_BETA.contains(name) && betas.hasNext() ? betas.next() : standardBeta(name)))
                .toList();
        float clip = node.number("clip").orElse(0f);
        List<Activations> perDirection = new ArrayList<>();
        for (int i = 0; i < directions; i++) {
            perDirection.add(new Activations(all.subList(i * standard.size(), (i + 1) * standard.size()), clip));
        }
        perDirection.forEach(activations -> activations.functions.forEach(function -> check(function, context)));
        return perDirection;
    }

    /** Function {@code index} of a value. */
    EdgeValue apply(Kernels kernels, int index, EdgeValue value) {
        return applied(kernels, functions.get(index), clipped(kernels, value));
    }

    private EdgeValue clipped(Kernels kernels, EdgeValue value) {
        if (clip <= 0) {
            return value;
        }
        EdgeValue bounded = kernels.maximum(value, EdgeValue.scalar(TensorType.FLOAT32, -clip));
        return kernels.minimum(bounded, EdgeValue.scalar(TensorType.FLOAT32, clip));
    }

    private static EdgeValue applied(Kernels kernels, Activation function, EdgeValue value) {
        EdgeValue zero = EdgeValue.scalar(TensorType.FLOAT32, 0);
        EdgeValue one = EdgeValue.scalar(TensorType.FLOAT32, 1);
        float alpha = function.alpha();
        float beta = function.beta();
        return switch (function.name()) {
            case "sigmoid" -> kernels.unary(BuiltinOperator.LOGISTIC, value);
            case "tanh" -> kernels.unary(BuiltinOperator.TANH, value);
            case "relu" -> kernels.unary(BuiltinOperator.RELU, value);
            case "affine" -> affine(kernels, value, alpha, beta);
            case "leakyrelu" ->
                kernels.add(
                        BuiltinOperator.LEAKY_RELU,
                        new OperatorOptions.LeakyRelu(alpha),
                        List.of(value),
                        value.type(),
                        value.shape());
            case "thresholdedrelu" ->
                kernels.select(
                        kernels.compare(BuiltinOperator.GREATER, value, EdgeValue.scalar(TensorType.FLOAT32, alpha)),
                        value,
                        zero);
            case "scaledtanh" ->
                kernels.multiply(kernels.unary(BuiltinOperator.TANH, kernels.multiply(value, beta)), alpha);
            case "hardsigmoid" -> kernels.minimum(kernels.maximum(affine(kernels, value, alpha, beta), zero), one);
            case "elu" ->
                kernels.select(
                        kernels.compare(BuiltinOperator.GREATER, value, zero),
                        value,
                        kernels.multiply(
                                kernels.add(kernels.unary(BuiltinOperator.EXP, kernels.minimum(value, zero)), -1),
                                alpha));
            case "softsign" -> kernels.divide(value, kernels.add(kernels.unary(BuiltinOperator.ABS, value), 1));
            // log(1 + e^x) = max(x, 0) + log(1 + e^-|x|), which does not overflow.
            case "softplus" ->
                kernels.add(
                        kernels.unary(BuiltinOperator.RELU, value),
                        kernels.unary(
                                BuiltinOperator.LOG,
                                kernels.add(
                                        kernels.unary(
                                                BuiltinOperator.EXP,
                                                kernels.unary(
                                                        BuiltinOperator.NEG,
                                                        kernels.unary(BuiltinOperator.ABS, value))),
                                        1)));
            default -> throw new IllegalStateException(function.name());
        };
    }

    private static EdgeValue affine(Kernels kernels, EdgeValue value, float alpha, float beta) {
        return kernels.add(kernels.multiply(value, alpha), beta);
    }

    private static void check(Activation function, LoweringContext context) {
        Set<String> known = Set.of(
                "sigmoid",
                "tanh",
                "relu",
                "affine",
                "leakyrelu",
                "thresholdedrelu",
                "scaledtanh",
                "hardsigmoid",
                "elu",
                "softsign",
                "softplus");
        if (!known.contains(function.name())) {
            throw context.refusal("activation", "its activation '" + function.name() + "' is not one of " + known);
        }
    }

    private static float standardAlpha(String name) {
        return switch (name) {
            case "leakyrelu" -> 0.01f;
            case "hardsigmoid" -> 0.2f;
            default -> 1f;
        };
    }

    private static float standardBeta(String name) {
        return switch (name) {
            case "hardsigmoid" -> 0.5f;
            case "scaledtanh" -> 1f;
            default -> 0f;
        };
    }
}
