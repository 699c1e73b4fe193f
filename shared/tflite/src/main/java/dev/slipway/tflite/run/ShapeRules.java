package dev.slipway.tflite.run;

import static dev.slipway.tflite.BuiltinOperator.ADD;
import static dev.slipway.tflite.BuiltinOperator.ARG_MAX;
import static dev.slipway.tflite.BuiltinOperator.ARG_MIN;
import static dev.slipway.tflite.BuiltinOperator.ATAN2;
import static dev.slipway.tflite.BuiltinOperator.BATCH_MATMUL;
import static dev.slipway.tflite.BuiltinOperator.BITWISE_XOR;
import static dev.slipway.tflite.BuiltinOperator.CONV_2D;
import static dev.slipway.tflite.BuiltinOperator.CUMSUM;
import static dev.slipway.tflite.BuiltinOperator.DIV;
import static dev.slipway.tflite.BuiltinOperator.EQUAL;
import static dev.slipway.tflite.BuiltinOperator.EXPAND_DIMS;
import static dev.slipway.tflite.BuiltinOperator.FILL;
import static dev.slipway.tflite.BuiltinOperator.FLOOR_DIV;
import static dev.slipway.tflite.BuiltinOperator.FLOOR_MOD;
import static dev.slipway.tflite.BuiltinOperator.FULLY_CONNECTED;
import static dev.slipway.tflite.BuiltinOperator.GREATER;
import static dev.slipway.tflite.BuiltinOperator.GREATER_EQUAL;
import static dev.slipway.tflite.BuiltinOperator.L2_NORMALIZATION;
import static dev.slipway.tflite.BuiltinOperator.LESS;
import static dev.slipway.tflite.BuiltinOperator.LESS_EQUAL;
import static dev.slipway.tflite.BuiltinOperator.LOGICAL_AND;
import static dev.slipway.tflite.BuiltinOperator.LOGICAL_OR;
import static dev.slipway.tflite.BuiltinOperator.LOG_SOFTMAX;
import static dev.slipway.tflite.BuiltinOperator.MAXIMUM;
import static dev.slipway.tflite.BuiltinOperator.MINIMUM;
import static dev.slipway.tflite.BuiltinOperator.MIRROR_PAD;
import static dev.slipway.tflite.BuiltinOperator.MUL;
import static dev.slipway.tflite.BuiltinOperator.NON_MAX_SUPPRESSION_V4;
import static dev.slipway.tflite.BuiltinOperator.NON_MAX_SUPPRESSION_V5;
import static dev.slipway.tflite.BuiltinOperator.NOT_EQUAL;
import static dev.slipway.tflite.BuiltinOperator.ONE_HOT;
import static dev.slipway.tflite.BuiltinOperator.PAD;
import static dev.slipway.tflite.BuiltinOperator.PADV2;
import static dev.slipway.tflite.BuiltinOperator.POW;
import static dev.slipway.tflite.BuiltinOperator.PRELU;
import static dev.slipway.tflite.BuiltinOperator.RANGE;
import static dev.slipway.tflite.BuiltinOperator.RESIZE_BILINEAR;
import static dev.slipway.tflite.BuiltinOperator.RESIZE_NEAREST_NEIGHBOR;
import static dev.slipway.tflite.BuiltinOperator.REVERSE_V2;
import static dev.slipway.tflite.BuiltinOperator.RIGHT_SHIFT;
import static dev.slipway.tflite.BuiltinOperator.SELECT_V2;
import static dev.slipway.tflite.BuiltinOperator.SOFTMAX;
import static dev.slipway.tflite.BuiltinOperator.SPARSE_TO_DENSE;
import static dev.slipway.tflite.BuiltinOperator.SPLIT;
import static dev.slipway.tflite.BuiltinOperator.SPLIT_V;
import static dev.slipway.tflite.BuiltinOperator.SQUARED_DIFFERENCE;
import static dev.slipway.tflite.BuiltinOperator.SUB;
import static dev.slipway.tflite.BuiltinOperator.TILE;
import static dev.slipway.tflite.BuiltinOperator.TOPK_V2;
import static dev.slipway.tflite.BuiltinOperator.TRANSPOSE;

import dev.slipway.tflite.BuiltinOperator;
import dev.slipway.tflite.OperatorOptions;
import dev.slipway.tflite.TfliteOperator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;

/** Shapes that end the process in kernels that don't look at them. They are looked at once all of them are known. */
final class ShapeRules {
    private static final int IMAGE_RANK = 4;
    private static final int CHANNELS = 3;

    /** With how many axes, at most, kernels can stretch one input to the other's shape. */
    private static final Map<BuiltinOperator, Integer> MOST_AXES_IF_STRETCHED = Map.ofEntries(
            Map.entry(EQUAL, 4),
            Map.entry(NOT_EQUAL, 4),
            Map.entry(LESS, 4),
            Map.entry(LESS_EQUAL, 4),
            Map.entry(GREATER, 4),
            Map.entry(GREATER_EQUAL, 4),
            Map.entry(PRELU, 4),
            Map.entry(BITWISE_XOR, 4),
            Map.entry(RIGHT_SHIFT, 4),
            Map.entry(FLOOR_DIV, 4),
            Map.entry(FLOOR_MOD, 4),
            Map.entry(LOGICAL_AND, 4),
            Map.entry(LOGICAL_OR, 4),
            Map.entry(POW, 4),
            Map.entry(SQUARED_DIFFERENCE, 4),
            Map.entry(ATAN2, 4),
            Map.entry(DIV, 5),
            Map.entry(MAXIMUM, 5),
            Map.entry(SELECT_V2, 5),
            Map.entry(MINIMUM, 5),
            Map.entry(ADD, 6),
            Map.entry(SUB, 6),
            Map.entry(MUL, 6));

    private static final Set<BuiltinOperator> OF_IMAGES = Set.of(RESIZE_BILINEAR, RESIZE_NEAREST_NEIGHBOR);

    private static final Set<BuiltinOperator> PADDING = Set.of(PAD, PADV2, MIRROR_PAD);

    /** Kernels that divide what lies along the last axis by something of it. */
    private static final Set<BuiltinOperator> ALONG_LAST_AXIS = Set.of(SOFTMAX, LOG_SOFTMAX, L2_NORMALIZATION);

    /** Kernels that read an element of an input which has none. */
    private static final Set<BuiltinOperator> NEVER_EMPTY = Set.of(ATAN2, ARG_MAX, ARG_MIN, BATCH_MATMUL);

    /** Inputs of which a kernel reads the first element, whatever their shape. */
    private static final Map<BuiltinOperator, Set<Integer>> SCALARS = Map.ofEntries(
            Map.entry(SPLIT, Set.of(0)),
            Map.entry(SPLIT_V, Set.of(2)),
            Map.entry(CUMSUM, Set.of(1)),
            Map.entry(ARG_MAX, Set.of(1)),
            Map.entry(ARG_MIN, Set.of(1)),
            Map.entry(EXPAND_DIMS, Set.of(1)),
            Map.entry(ONE_HOT, Set.of(1, 2, 3)),
            Map.entry(TOPK_V2, Set.of(1)),
            Map.entry(REVERSE_V2, Set.of(1)),
            Map.entry(RANGE, Set.of(0, 1, 2)),
            Map.entry(FILL, Set.of(1)),
            Map.entry(PADV2, Set.of(2)),
            Map.entry(SPARSE_TO_DENSE, Set.of(3)),
            Map.entry(NON_MAX_SUPPRESSION_V4, Set.of(2, 3, 4)),
            Map.entry(NON_MAX_SUPPRESSION_V5, Set.of(2, 3, 4, 5)));

    private ShapeRules() {}

    /** Whether anything about the operator's shapes can be wrong, so that they are worth asking for. */
    static boolean apply(BuiltinOperator operator) {
        return MOST_AXES_IF_STRETCHED.containsKey(operator)
                || OF_IMAGES.contains(operator)
                || ALONG_LAST_AXIS.contains(operator)
                || operator == CONV_2D
                || operator == FULLY_CONNECTED
                || operator == TRANSPOSE
                || operator == TILE
                || PADDING.contains(operator)
                || NEVER_EMPTY.contains(operator)
                || SCALARS.containsKey(operator);
    }

    /**
     * What is wrong, if anything.
     *
     * @param shapes of tensors, by their number
     */
    static Optional<String> violation(TfliteOperator operator, IntFunction<List<Integer>> shapes) {
        List<List<Integer>> inputs = operator.inputs().stream()
                .filter(input -> input >= 0)
                .map(shapes::apply)
                .toList();
        BuiltinOperator name = operator.operator();
        int mostAxes = MOST_AXES_IF_STRETCHED.getOrDefault(name, Integer.MAX_VALUE);
        if (inputs.stream().anyMatch(shape -> shape.size() > mostAxes)
                && inputs.stream().distinct().count() > 1) {
            return Optional.of("it can't stretch inputs of more than " + mostAxes + " axes, " + inputs);
        }
        if (OF_IMAGES.contains(name)
                && (inputs.get(0).size() != IMAGE_RANK || !inputs.get(1).equals(List.of(2)))) {
            return Optional.of("its input is no image or its size no pair, " + inputs);
        }
        if (PADDING.contains(name)
                && !inputs.get(1).equals(List.of(inputs.get(0).size(), 2))) {
            return Optional.of("its borders are not two for each axis, " + inputs);
        }
        if ((name == TRANSPOSE || name == TILE)
                && !inputs.get(1).equals(List.of(inputs.get(0).size()))) {
            return Optional.of("it has not one number for each axis, " + inputs);
        }
        if (ALONG_LAST_AXIS.contains(name) && isEmptyAtLast(inputs.get(0))) {
            return Optional.of("its input has no last axis, or an empty one, " + inputs);
        }
        if (name == FULLY_CONNECTED && !isProduct(operator, inputs.get(0), inputs.get(1))) {
            return Optional.of("its weights don't fit its input, " + inputs);
        }
        if (name == CONV_2D && !isWholeGroups(inputs.get(0), inputs.get(1))) {
            return Optional.of("its channels can't be grouped, " + inputs);
        }
        if (NEVER_EMPTY.contains(name) && inputs.stream().anyMatch(shape -> shape.contains(0))) {
            return Optional.of("its inputs are empty, " + inputs);
        }
        for (int scalar : SCALARS.getOrDefault(name, Set.of())) {
            if (inputs.get(scalar).contains(0)) {
                return Optional.of("its input " + scalar + " is empty");
            }
        }
        return Optional.empty();
    }

    private static boolean isProduct(TfliteOperator operator, List<Integer> input, List<Integer> weights) {
        if (weights.size() != 2 || weights.get(1) < 1) {
            return false;
        }
        int length = weights.get(1);
        boolean keeps =
                operator.options() instanceof OperatorOptions.FullyConnected settings && settings.keepDimensions();
        long elements = input.stream().mapToLong(Integer::longValue).reduce(1, (left, right) -> left * right);
        return keeps ? !input.isEmpty() && input.get(input.size() - 1) == length : elements % length == 0;
    }

    private static boolean isEmptyAtLast(List<Integer> shape) {
        return shape.isEmpty() || shape.get(shape.size() - 1) == 0;
    }

    /** Whether the input's channels make whole groups, and the filters as well. */
    private static boolean isWholeGroups(List<Integer> image, List<Integer> filters) {
        if (image.size() != IMAGE_RANK || filters.size() != IMAGE_RANK) {
            return false;
        }
        int channels = image.get(CHANNELS);
        int ofGroup = filters.get(CHANNELS);
        return ofGroup > 0
                && channels >= ofGroup
                && channels % ofGroup == 0
                && filters.get(0) % (channels / ofGroup) == 0;
    }
}
