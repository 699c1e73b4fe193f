package dev.slipway.edge.lower.algebra;

import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.graph.Kernels;
import dev.slipway.edge.graph.Permutation;
import dev.slipway.edge.lower.Lowering;
import dev.slipway.edge.lower.LoweringContext;
import dev.slipway.onnx.OnnxNode;
import dev.slipway.tflite.TensorType;
import java.util.List;
import java.util.Optional;

/**
 * Gemm, α · A · B + β · C: FULLY_CONNECTED with factors and addend in its weights and bias where B is constant,
 * otherwise BATCH_MATMUL with what else is needed.
 *
 * @param activation applied to the result
 */
record GemmLowering(GemmLowering.Activation activation) implements Lowering {
    @FunctionalInterface
    interface Activation {
        EdgeValue apply(OnnxNode node, LoweringContext context, EdgeValue value);
    }

    /** Without an activation. */
    GemmLowering() {
        this((node, context, value) -> value);
    }

    @Override
    public void lower(OnnxNode node, LoweringContext context) {
        Kernels kernels = context.kernels(node);
        MatrixProduct products = new MatrixProduct(kernels);
        EdgeValue left = context.input(node, 0);
        EdgeValue right = context.input(node, 1);
        boolean transposeLeft = node.integer("transA").orElse(0L) != 0;
        boolean transposeRight = node.integer("transB").orElse(0L) != 0;
        float alpha = node.number("alpha").orElse(1f);
        float beta = node.number("beta").orElse(1f);
        Optional<EdgeValue> addend =
                beta == 0 ? Optional.empty() : node.input(2).map(name -> context.input(node, 2));
        if (left.type() != TensorType.FLOAT32 && (alpha != 1 || beta != 1)) {
            throw context.refusal("factor", "it multiplies integers by factors, which need not be whole");
        }
        EdgeValue result;
        if (left.type() == TensorType.FLOAT32 && right.isConstant()) {
            EdgeValue scaled = scaled(kernels, right, alpha);
            EdgeValue weights = transposeRight ? scaled : scaled.transposed(Permutation.of(1, 0));
            int units = weights.shape().get(0);
            Optional<EdgeValue> bias = addend.filter(value -> isBias(value, units));
            result = products.fullyConnected(products.swapped(left, transposeLeft), weights, bias(bias, beta, units));
            addend = bias.isPresent() ? Optional.empty() : addend;
        } else {
            result = scaled(kernels, products.of(left, right, transposeLeft, transposeRight), alpha);
        }
        if (addend.isPresent()) {
            result = kernels.add(result, scaled(kernels, addend.get(), beta));
        }
        context.define(node, activation.apply(node, context, context.wrapped(node, result)));
    }

    private static boolean isBias(EdgeValue addend, int units) {
        int size = addend.shape().stream().reduce(1, (a, b) -> a * b);
        return addend.isConstant()
                && (size == 1 || (size == units && addend.shape().get(addend.rank() - 1) == units));
    }

    private static EdgeValue bias(Optional<EdgeValue> given, float beta, int units) {
        float[] values = given.map(EdgeValue::floats).orElse(new float[1]);
        float[] bias = new float[units];
        for (int i = 0; i < units; i++) {
            bias[i] = beta * values[values.length == 1 ? 0 : i];
        }
        return EdgeValue.floats("bias", List.of(units), bias);
    }

    /** A constant is scaled here, any other value when the model runs. */
    private static EdgeValue scaled(Kernels kernels, EdgeValue value, float factor) {
        if (factor == 1) {
            return value;
        } else if (!value.isConstant()) {
            return kernels.multiply(value, factor);
        }
        float[] values = value.floats();
        for (int i = 0; i < values.length; i++) {
            values[i] *= factor;
        }
        return EdgeValue.floats(value.name(), value.shape(), values);
    }
}
