package dev.slipway.edge.quantise;

import dev.slipway.edge.graph.EdgeOperation;
import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.tflite.BuiltinOperator;
import dev.slipway.tflite.TensorType;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Which operators compute with integers, and how, by TFLite's quantisation specification and {@code
 * tools/optimize/operator_property.cc}, as far as its kernels (2.20) go.
 */
final class KernelRules {
    /** Beyond, kernels don't stretch integers. */
    private static final int MOST_AXES = 4;

    private static final Set<BuiltinOperator> MOVEMENTS = Set.of(
            BuiltinOperator.RESHAPE,
            BuiltinOperator.SQUEEZE,
            BuiltinOperator.EXPAND_DIMS,
            BuiltinOperator.TRANSPOSE,
            BuiltinOperator.SLICE,
            BuiltinOperator.STRIDED_SLICE,
            BuiltinOperator.GATHER,
            BuiltinOperator.PAD,
            BuiltinOperator.MIRROR_PAD,
            BuiltinOperator.SPLIT,
            BuiltinOperator.SPLIT_V,
            BuiltinOperator.UNPACK,
            BuiltinOperator.SPACE_TO_DEPTH,
            BuiltinOperator.DEPTH_TO_SPACE,
            BuiltinOperator.SPACE_TO_BATCH_ND,
            BuiltinOperator.BATCH_TO_SPACE_ND,
            BuiltinOperator.REVERSE_V2,
            BuiltinOperator.TILE,
            BuiltinOperator.BROADCAST_TO,
            BuiltinOperator.CONCATENATION,
            BuiltinOperator.PACK);

    private KernelRules() {}

    /** Empty if the operation computes with floats only. */
    static Optional<KernelRule> of(EdgeOperation operation, IntegerType type) {
        if (!operation.bodies().isEmpty()) {
            return Optional.empty();
        }
        Optional<KernelRule> rule = (type == IntegerType.INT8 ? narrow(operation) : wide(operation))
                .filter(found -> fits(operation, found));
        return rule;
    }

    /** Whether the operation only moves elements, which is as easy with floats. */
    static boolean isMovement(EdgeOperation operation) {
        return MOVEMENTS.contains(operation.operator());
    }

    /** Whether the operation gives out elements as they are, larger ones for larger ones: rounding them may come before. */
    static boolean isMonotone(EdgeOperation operation) {
        return switch (operation.operator()) {
            case MAX_POOL_2D, RESIZE_NEAREST_NEIGHBOR, REDUCE_MAX, REDUCE_MIN, MAXIMUM, MINIMUM -> true;
            default -> isMovement(operation);
        };
    }

    private static Optional<KernelRule> narrow(EdgeOperation operation) {
        return switch (operation.operator()) {
            case LOGISTIC, SOFTMAX -> Optional.of(KernelRule.fixed(1f / 256, -128));
            case TANH, L2_NORMALIZATION -> Optional.of(KernelRule.fixed(1f / 128, 0));
            case LOG_SOFTMAX -> Optional.of(KernelRule.fixed(16f / 256, 127));
            case SQUARED_DIFFERENCE, PRELU -> Optional.of(KernelRule.own(0, 1));
            case SUM, RELU, RELU6, RELU_N1_TO_1, HARD_SWISH, ELU, GELU -> Optional.of(KernelRule.own(0));
            case RESIZE_BILINEAR,
                    RESIZE_NEAREST_NEIGHBOR,
                    SPACE_TO_DEPTH,
                    DEPTH_TO_SPACE,
                    SPACE_TO_BATCH_ND,
                    BATCH_TO_SPACE_ND,
                    REVERSE_V2,
                    TILE,
                    BROADCAST_TO -> Optional.of(KernelRule.same(List.of(0)));
            case SELECT, SELECT_V2 -> Optional.of(KernelRule.same(List.of(1, 2)));
            case ARG_MAX, ARG_MIN -> Optional.of(KernelRule.about(0));
            default -> both(operation);
        };
    }

    private static Optional<KernelRule> wide(EdgeOperation operation) {
        return switch (operation.operator()) {
            case LOGISTIC, SOFTMAX, TANH -> Optional.of(KernelRule.fixed(1f / 32768, 0));
            default -> both(operation);
        };
    }

    /** What integers of 8 and of 16 bits have in common. */
    private static Optional<KernelRule> both(EdgeOperation operation) {
        return switch (operation.operator()) {
            case CONV_2D, FULLY_CONNECTED -> Optional.of(KernelRule.product(0, 0, 2));
            case DEPTHWISE_CONV_2D -> Optional.of(KernelRule.product(0, 3, 2));
            case TRANSPOSE_CONV -> Optional.of(KernelRule.product(2, 0, 3));
            case ADD, SUB, MUL, BATCH_MATMUL -> Optional.of(KernelRule.own(0, 1));
            case MEAN, LEAKY_RELU -> Optional.of(KernelRule.own(0));
            case MAXIMUM, MINIMUM -> Optional.of(KernelRule.same(List.of(0, 1)));
            case AVERAGE_POOL_2D,
                    MAX_POOL_2D,
                    REDUCE_MAX,
                    REDUCE_MIN,
                    RESHAPE,
                    SQUEEZE,
                    EXPAND_DIMS,
                    TRANSPOSE,
                    SLICE,
                    STRIDED_SLICE,
                    GATHER,
                    PAD,
                    MIRROR_PAD,
                    SPLIT_V,
                    UNPACK -> Optional.of(KernelRule.same(List.of(0)));
            case SPLIT -> Optional.of(KernelRule.same(List.of(1)));
            case PADV2 -> Optional.of(KernelRule.same(List.of(0, 2)));
            case CONCATENATION, PACK ->
                Optional.of(KernelRule.same(
                        IntStream.range(0, operation.inputs().size()).boxed().toList()));
            default -> Optional.empty();
        };
    }

    private static boolean fits(EdgeOperation operation, KernelRule rule) {
        return hasFloatInputsOnlyInPlace(operation, rule)
                && (!rule.integerOutput()
                        || operation.outputs().stream().allMatch(output -> output.type() == TensorType.FLOAT32))
                && !rule.computed(operation).isEmpty()
                && (!isElementwise(operation) || isNarrowEnough(operation));
    }

    private static boolean hasFloatInputsOnlyInPlace(EdgeOperation operation, KernelRule rule) {
        for (int i = 0; i < operation.inputs().size(); i++) {
            EdgeValue input = operation.input(i);
            boolean constantWanted =
                    rule.weights().orElse(-1) == i || rule.bias().orElse(-1) == i;
            boolean known = constantWanted || rule.activations().contains(i);
            if (input.isAbsent()) {
                if (known && rule.bias().orElse(-1) != i) {
                    return false;
                }
            } else if (known
                    ? input.type() != TensorType.FLOAT32 || (constantWanted && !input.isConstant())
                    : input.type() == TensorType.FLOAT32) {
                return false;
            }
        }
        return true;
    }

    private static boolean isElementwise(EdgeOperation operation) {
        return switch (operation.operator()) {
            case ADD, SUB, MUL, MAXIMUM, MINIMUM, SQUARED_DIFFERENCE, PRELU, SELECT, SELECT_V2 -> true;
            default -> false;
        };
    }

    private static boolean isNarrowEnough(EdgeOperation operation) {
        List<Integer> shape = operation.input(0).shape();
        return operation.inputs().stream().allMatch(input -> input.shape().equals(shape))
                || operation.inputs().stream().allMatch(input -> input.rank() <= MOST_AXES);
    }
}
