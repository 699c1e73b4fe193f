package dev.slipway.edge.lower.algebra;

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

/** Gemm with constant weights as FULLY_CONNECTED; what is added may be any value that broadcasts. */
final class GemmLowering implements Lowering {
    private static final Permutation SWAP = Permutation.of(1, 0);

    @Override
    public void lower(OnnxNode node, LoweringContext context) {
        EdgeValue input = context.input(node, 0);
        if (node.integer("transA").orElse(0L) != 0) {
            input = context.kernels(node).transpose(input, SWAP);
        }
        EdgeValue weights = weights(node, context);
        int units = weights.shape().get(0);
        boolean biasFits = node.input(2).isEmpty() || isBias(node, context, units);
        float[] bias = biasFits ? bias(node, context, units) : new float[units];
        List<Integer> shape = context.outputShape(node);
        EdgeValue product = context.add(
                node,
                BuiltinOperator.FULLY_CONNECTED,
                new OperatorOptions.FullyConnected(false, Activation.NONE),
                List.of(input, weights, EdgeValue.floats(node.label() + "/bias", List.of(units), bias)),
                shape);
        context.define(node, biasFits ? product : plus(node, context, product));
    }

    private static EdgeValue weights(OnnxNode node, LoweringContext context) {
        OnnxTensor weights = context.constant(node, 1).orElseThrow();
        float[] scaled = scaled(weights.floats(), node.number("alpha").orElse(1f));
        EdgeValue value = EdgeValue.floats(node.inputs().get(1), weights.shape(), scaled);
        return node.integer("transB").orElse(0L) != 0 ? value : value.transposed(SWAP);
    }

    private static boolean isBias(OnnxNode node, LoweringContext context, int units) {
        List<Integer> shape = context.facts(node, 2).shape();
        boolean constant = context.facts(node, 2).constant().isPresent();
        long size = shape.stream().mapToLong(Integer::longValue).reduce(1, (a, b) -> a * b);
        return constant && (size == 1 || (size == units && shape.get(shape.size() - 1) == units));
    }

    private static float[] bias(OnnxNode node, LoweringContext context, int units) {
        float beta = node.number("beta").orElse(1f);
        float[] given = context.constant(node, 2).map(OnnxTensor::floats).orElse(new float[1]);
        float[] bias = new float[units];
        for (int i = 0; i < units; i++) {
            bias[i] = beta * given[given.length == 1 ? 0 : i];
        }
        return bias;
    }

    private static EdgeValue plus(OnnxNode node, LoweringContext context, EdgeValue product) {
        OperatorOptions options = new OperatorOptions.Arithmetic(Activation.NONE);
        EdgeValue addend = context.input(node, 2);
        float beta = node.number("beta").orElse(1f);
        if (beta != 1) {
            EdgeValue factor = EdgeValue.floats("beta", List.of(), beta);
            addend = context.add(node, BuiltinOperator.MUL, options, List.of(addend, factor), addend.shape());
        }
        return context.add(node, BuiltinOperator.ADD, options, List.of(product, addend), product.shape());
    }

    private static float[] scaled(float[] values, float factor) {
        if (factor != 1) {
            for (int i = 0; i < values.length; i++) {
                values[i] *= factor;
            }
        }
        return values;
    }
}
