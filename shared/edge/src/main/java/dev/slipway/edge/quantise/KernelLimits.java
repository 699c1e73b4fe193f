package dev.slipway.edge.quantise;

import dev.slipway.edge.graph.EdgeOperation;
import dev.slipway.edge.graph.EdgeValue;
import java.util.OptionalInt;

/** The least scale of its output that a kernel's fixed-point multipliers can express. */
final class KernelLimits {
    /** A little more than the kernels need. */
    private static final double MARGIN = 1.01;

    private static final double SUM_SHIFT = 1 << 19;
    private static final double WIDE_SUM_SHIFT = 1 << 14;
    private static final double SQUARE_SHIFT = 1 << 12;
    private static final double MOST_PRODUCT = 200;
    private static final double HARD_SWISH_SHIFT = 128;

    private KernelLimits() {}

    /** 0 if any scale will do. The inputs that are not constant must be known. */
    static double leastScale(EdgeOperation operation, KernelRule rule, IntegerType type, Scales scales) {
        return MARGIN
                * switch (operation.operator()) {
                    case ADD, SUB ->
                        Math.max(scale(operation.input(0), type, scales), scale(operation.input(1), type, scales))
                                / (type == IntegerType.INT8 ? SUM_SHIFT : WIDE_SUM_SHIFT);
                    case SQUARED_DIFFERENCE ->
                        Math.pow(
                                        Math.max(
                                                scale(operation.input(0), type, scales),
                                                scale(operation.input(1), type, scales)),
                                        2)
                                / SQUARE_SHIFT;
                    case MUL, BATCH_MATMUL ->
                        scale(operation.input(0), type, scales)
                                * scale(operation.input(1), type, scales)
                                / MOST_PRODUCT;
                    case HARD_SWISH -> scale(operation.input(0), type, scales) / HARD_SWISH_SHIFT;
                    default ->
                        rule.weights().isPresent()
                                ? scale(operation.input(rule.activations().get(0)), type, scales)
                                        * largest(operation.input(rule.weights().getAsInt()))
                                        / MOST_PRODUCT
                                : 0;
                };
    }

    private static double scale(EdgeValue value, IntegerType type, Scales scales) {
        return (value.isConstant() ? type.ownQuantization(value) : scales.of(value))
                .scales()
                .get(0);
    }

    private static double largest(EdgeValue weights) {
        return SymmetricWeights.scales(weights, OptionalInt.empty())[0];
    }
}
