package dev.slipway.edge.lower.algebra;

import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.graph.Kernels;
import dev.slipway.tflite.BuiltinOperator;
import java.util.List;

/**
 * Mean and variance over axes, which are kept with length 1. The variance is that of the centred values, since the
 * difference of two large squares would lose what small variances are.
 */
record Moments(EdgeValue mean, EdgeValue centred, EdgeValue variance) {
    static Moments of(Kernels kernels, EdgeValue value, List<Integer> axes) {
        EdgeValue mean = kernels.reduce(BuiltinOperator.MEAN, value, axes, true);
        EdgeValue centred = kernels.subtract(value, mean);
        return new Moments(mean, centred, meanSquare(kernels, centred, axes));
    }

    static EdgeValue meanSquare(Kernels kernels, EdgeValue value, List<Integer> axes) {
        return kernels.reduce(BuiltinOperator.MEAN, kernels.multiply(value, value), axes, true);
    }

    /** 1 / √(square + ε). */
    static EdgeValue inverseRoot(Kernels kernels, EdgeValue square, float epsilon) {
        return kernels.unary(BuiltinOperator.RSQRT, kernels.add(square, epsilon));
    }
}
