package dev.slipway.edge.lower.window;

import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.graph.Kernels;
import dev.slipway.edge.graph.Permutation;
import dev.slipway.edge.lower.Lowering;
import dev.slipway.edge.lower.LoweringContext;
import dev.slipway.onnx.OnnxNode;
import dev.slipway.tflite.BuiltinOperator;
import dev.slipway.tflite.TensorType;

/** LpPool: the p-th root of the sum of the p-th powers under the window. */
final class LpPoolLowering implements Lowering {
    private static final int MOST_AXES = 4;

    @Override
    public void lower(OnnxNode node, LoweringContext context) {
        Kernels kernels = context.kernels(node);
        EdgeValue input = context.input(node, 0);
        Window window = Window.of(node, context, input.shape(), AveragePoolLowering.kernel(node));
        double power = power(node);
        Permutation toLast = Permutation.toChannelsLast(input.rank());
        EdgeValue image = kernels.transpose(input, toLast);
        EdgeValue sum = new Pools(kernels).sum(raised(kernels, image, power), window);
        context.define(node, kernels.transpose(root(kernels, sum, power), toLast.inverse()));
    }

    /** An integer or, in the first operator set, any number. */
    static double power(OnnxNode node) {
        return node.integer("p")
                .map(Long::doubleValue)
                .orElseGet(() -> node.number("p").map(Float::doubleValue).orElse(2.0));
    }

    /** The p-th powers of the magnitudes. */
    static EdgeValue raised(Kernels kernels, EdgeValue value, double power) {
        if (power == 2) {
            return kernels.multiply(value, value);
        }
        EdgeValue magnitude = kernels.unary(BuiltinOperator.ABS, value);
        return power == 1 ? magnitude : power(kernels, magnitude, power);
    }

    static EdgeValue root(Kernels kernels, EdgeValue value, double power) {
        if (power == 2) {
            return kernels.unary(BuiltinOperator.SQRT, value);
        }
        return power == 1 ? value : power(kernels, value, 1 / power);
    }

    /** POW broadcasts up to four axes only. */
    private static EdgeValue power(Kernels kernels, EdgeValue value, double exponent) {
        Lengths lengths = new Lengths(kernels);
        EdgeValue flat = value.rank() > MOST_AXES ? lengths.merged(value, 0, value.rank() - MOST_AXES + 1) : value;
        EdgeValue powers = kernels.binary(BuiltinOperator.POW, flat, EdgeValue.scalar(TensorType.FLOAT32, exponent));
        return kernels.reshape(powers, Lengths.of(value));
    }
}
