package dev.slipway.tflite.run;

import static dev.slipway.tflite.BuiltinOperator.ABS;
import static dev.slipway.tflite.BuiltinOperator.ADD;
import static dev.slipway.tflite.BuiltinOperator.AVERAGE_POOL_2D;
import static dev.slipway.tflite.BuiltinOperator.BATCH_MATMUL;
import static dev.slipway.tflite.BuiltinOperator.CONV_2D;
import static dev.slipway.tflite.BuiltinOperator.DEPTHWISE_CONV_2D;
import static dev.slipway.tflite.BuiltinOperator.DEQUANTIZE;
import static dev.slipway.tflite.BuiltinOperator.DIV;
import static dev.slipway.tflite.BuiltinOperator.ELU;
import static dev.slipway.tflite.BuiltinOperator.EQUAL;
import static dev.slipway.tflite.BuiltinOperator.EXP;
import static dev.slipway.tflite.BuiltinOperator.FAKE_QUANT;
import static dev.slipway.tflite.BuiltinOperator.FULLY_CONNECTED;
import static dev.slipway.tflite.BuiltinOperator.GELU;
import static dev.slipway.tflite.BuiltinOperator.GREATER;
import static dev.slipway.tflite.BuiltinOperator.GREATER_EQUAL;
import static dev.slipway.tflite.BuiltinOperator.HARD_SWISH;
import static dev.slipway.tflite.BuiltinOperator.L2_NORMALIZATION;
import static dev.slipway.tflite.BuiltinOperator.LEAKY_RELU;
import static dev.slipway.tflite.BuiltinOperator.LESS;
import static dev.slipway.tflite.BuiltinOperator.LESS_EQUAL;
import static dev.slipway.tflite.BuiltinOperator.LOG;
import static dev.slipway.tflite.BuiltinOperator.LOGISTIC;
import static dev.slipway.tflite.BuiltinOperator.LOG_SOFTMAX;
import static dev.slipway.tflite.BuiltinOperator.MAX_POOL_2D;
import static dev.slipway.tflite.BuiltinOperator.MEAN;
import static dev.slipway.tflite.BuiltinOperator.MUL;
import static dev.slipway.tflite.BuiltinOperator.NOT_EQUAL;
import static dev.slipway.tflite.BuiltinOperator.PRELU;
import static dev.slipway.tflite.BuiltinOperator.QUANTIZE;
import static dev.slipway.tflite.BuiltinOperator.REDUCE_PROD;
import static dev.slipway.tflite.BuiltinOperator.RELU;
import static dev.slipway.tflite.BuiltinOperator.RELU6;
import static dev.slipway.tflite.BuiltinOperator.RELU_0_TO_1;
import static dev.slipway.tflite.BuiltinOperator.RELU_N1_TO_1;
import static dev.slipway.tflite.BuiltinOperator.RSQRT;
import static dev.slipway.tflite.BuiltinOperator.SOFTMAX;
import static dev.slipway.tflite.BuiltinOperator.SQUARED_DIFFERENCE;
import static dev.slipway.tflite.BuiltinOperator.SUB;
import static dev.slipway.tflite.BuiltinOperator.SUM;
import static dev.slipway.tflite.BuiltinOperator.SVDF;
import static dev.slipway.tflite.BuiltinOperator.TANH;
import static dev.slipway.tflite.BuiltinOperator.TRANSPOSE_CONV;

import dev.slipway.tflite.BuiltinOperator;
import dev.slipway.tflite.Quantization;
import dev.slipway.tflite.TensorType;
import dev.slipway.tflite.TfliteTensor;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Where kernels calculate with scales, which have to be there and within what fixed-point multipliers can express: the
 * kernels end the process ({@code TFLITE_CHECK} in {@code quantization_util.cc}) where they are not.
 */
final class QuantizationRules {
    private static final Set<BuiltinOperator> COMPARISONS =
            Set.of(EQUAL, NOT_EQUAL, LESS, LESS_EQUAL, GREATER, GREATER_EQUAL);
    // These take 16-bit integers as plain numbers, too.
    private static final Set<BuiltinOperator> WITH_PLAIN_INT16 = Set.of(ADD, MUL, ABS);
    private static final Set<BuiltinOperator> WITH_WEIGHTS =
            Set.of(CONV_2D, DEPTHWISE_CONV_2D, TRANSPOSE_CONV, FULLY_CONNECTED, BATCH_MATMUL, SVDF);
    private static final Set<BuiltinOperator> SCALED = Set.of(
            ADD,
            SUB,
            MUL,
            DIV,
            SQUARED_DIFFERENCE,
            ABS,
            PRELU,
            LEAKY_RELU,
            RELU,
            RELU6,
            RELU_N1_TO_1,
            RELU_0_TO_1,
            LOGISTIC,
            TANH,
            SOFTMAX,
            LOG_SOFTMAX,
            EXP,
            LOG,
            RSQRT,
            HARD_SWISH,
            ELU,
            GELU,
            CONV_2D,
            DEPTHWISE_CONV_2D,
            TRANSPOSE_CONV,
            FULLY_CONNECTED,
            BATCH_MATMUL,
            SVDF,
            AVERAGE_POOL_2D,
            MAX_POOL_2D,
            MEAN,
            SUM,
            REDUCE_PROD,
            L2_NORMALIZATION,
            QUANTIZE,
            DEQUANTIZE,
            FAKE_QUANT);
    // Fixed-point multipliers lie between 2^-31 and 1; the kernels of sums multiply by 2^-19, those of squares by
    // 2^-12.
    private static final double LEAST = Math.scalb(1.0, -30);
    private static final double HIGHEST_OF_SUM = Math.scalb(1.0, 19);
    private static final double HIGHEST_OF_INT16_SUM = Math.scalb(1.0, 14);
    private static final double HIGHEST_OF_SQUARE = Math.scalb(1.0, 12);
    private static final double HIGHEST_SCALE = 1e9;
    private static final double LEAST_SCALE = 1e-15;

    private QuantizationRules() {}

    /** What is wrong, if anything. */
    static Optional<String> violation(
            BuiltinOperator operator, List<Optional<TfliteTensor>> inputs, List<TfliteTensor> outputs) {
        List<TfliteTensor> present = inputs.stream().flatMap(Optional::stream).toList();
        if (hasChannelsOutOfPlace(operator, inputs, outputs)
                && (COMPARISONS.contains(operator) || SCALED.contains(operator))) {
            return Optional.of("a value has a scale for each channel");
        }
        if (COMPARISONS.contains(operator)) {
            boolean fits = present.stream()
                    .filter(tensor -> isByte(tensor.type()))
                    .allMatch(tensor -> highest(tensor)
                            .filter(scale -> scale < 1 && scale > LEAST)
                            .isPresent());
            return fits
                    ? Optional.empty()
                    : Optional.of("it compares 8-bit values whose scale is absent, tiny, or 1 or more");
        }
        if (!SCALED.contains(operator)) {
            return Optional.empty();
        }
        if (operator == FAKE_QUANT && present.get(0).type() != TensorType.FLOAT32) {
            return Optional.of("it takes float32 only");
        }
        if (operator == HARD_SWISH && present.get(0).type() == TensorType.INT16) {
            return Optional.of("it does not take 16-bit values");
        }
        if (operator == QUANTIZE && outputs.get(0).quantization().isEmpty()) {
            return Optional.of("its result has no scale");
        }
        boolean hybrid = present.get(0).type() == TensorType.FLOAT32;
        for (TfliteTensor tensor : hybrid ? present : concat(present, outputs)) {
            if (isScaled(operator, tensor.type()) && !isSensible(tensor)) {
                return Optional.of("the scale of '" + tensor.name() + "' is absent or out of range");
            }
        }
        boolean integers = (isScaled(operator, present.get(0).type()) || isQuantizedInt16(present.get(0)))
                && operator != DEQUANTIZE;
        if (integers && !outputs.get(0).quantization().isPresent()) {
            return Optional.of("its result has no scale");
        }
        return integers && present.size() > 1 ? ratio(operator, present, outputs.get(0)) : Optional.empty();
    }

    private static Optional<String> ratio(BuiltinOperator operator, List<TfliteTensor> inputs, TfliteTensor output) {
        double first = highest(inputs.get(0)).orElse(0.0);
        double second = highest(inputs.get(1)).orElse(0.0);
        double input = Math.max(first, second);
        double result = highest(output).orElse(0.0);
        boolean fits =
                switch (operator) {
                    case ADD, SUB ->
                        isBetween(input / result, highestOfSum(output.type()))
                                && Math.min(first, second) / input > LEAST;
                    case SQUARED_DIFFERENCE ->
                        isBetween(input * input / result, HIGHEST_OF_SQUARE) && Math.min(first, second) / input > LEAST;
                    default -> true;
                };
        return fits ? Optional.empty() : Optional.of("the scales of its inputs and result are too far apart");
    }

    private static double highestOfSum(TensorType type) {
        return type == TensorType.INT16 ? HIGHEST_OF_INT16_SUM : HIGHEST_OF_SUM;
    }

    private static boolean isQuantizedInt16(TfliteTensor tensor) {
        return tensor.type() == TensorType.INT16 && tensor.quantization().isPresent();
    }

    private static boolean isBetween(double ratio, double highest) {
        return ratio < highest && ratio > highest * LEAST;
    }

    private static boolean isScaled(BuiltinOperator operator, TensorType type) {
        return isByte(type) || (type == TensorType.INT16 && !WITH_PLAIN_INT16.contains(operator));
    }

    private static boolean isByte(TensorType type) {
        return type == TensorType.INT8 || type == TensorType.UINT8;
    }

    /** Weights may have a scale for each channel, values may not. */
    private static boolean hasChannelsOutOfPlace(
            BuiltinOperator operator, List<Optional<TfliteTensor>> inputs, List<TfliteTensor> outputs) {
        if (operator == QUANTIZE || operator == DEQUANTIZE) {
            return false;
        }
        boolean hasWeights = WITH_WEIGHTS.contains(operator);
        for (int i = 0; i < inputs.size(); i++) {
            if (!(hasWeights && i > 0) && isPerChannel(inputs.get(i).stream())) {
                return true;
            }
        }
        return isPerChannel(outputs.stream());
    }

    private static boolean isPerChannel(Stream<TfliteTensor> tensors) {
        return tensors.flatMap(tensor -> tensor.quantization().stream()).anyMatch(Quantization::isPerChannel);
    }

    private static boolean isSensible(TfliteTensor tensor) {
        return tensor.quantization().stream()
                .flatMap(quantization -> quantization.scales().stream())
                .map(scale -> scale > LEAST_SCALE && scale < HIGHEST_SCALE)
                .reduce(Boolean::logicalAnd)
                .orElse(false);
    }

    private static Optional<Double> highest(TfliteTensor tensor) {
        return tensor.quantization()
                .map(Quantization::scales)
                .map(scales ->
                        scales.stream().mapToDouble(Float::doubleValue).max().orElse(0));
    }

    private static List<TfliteTensor> concat(List<TfliteTensor> inputs, List<TfliteTensor> outputs) {
        return Stream.concat(inputs.stream(), outputs.stream()).toList();
    }
}
