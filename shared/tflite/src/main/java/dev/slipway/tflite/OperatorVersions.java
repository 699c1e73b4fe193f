package dev.slipway.tflite;

import static dev.slipway.tflite.TensorType.BFLOAT16;
import static dev.slipway.tflite.TensorType.COMPLEX64;
import static dev.slipway.tflite.TensorType.FLOAT16;
import static dev.slipway.tflite.TensorType.FLOAT32;
import static dev.slipway.tflite.TensorType.FLOAT64;
import static dev.slipway.tflite.TensorType.INT16;
import static dev.slipway.tflite.TensorType.INT32;
import static dev.slipway.tflite.TensorType.INT4;
import static dev.slipway.tflite.TensorType.INT64;
import static dev.slipway.tflite.TensorType.INT8;
import static dev.slipway.tflite.TensorType.STRING;
import static dev.slipway.tflite.TensorType.UINT16;
import static dev.slipway.tflite.TensorType.UINT32;
import static dev.slipway.tflite.TensorType.UINT8;

import java.util.List;
import java.util.Optional;

/**
 * The lowest revision of an operator that knows what a use of it needs, by the rules of TFLite's {@code
 * tensorflow/lite/tools/versioning/op_version.cc} (2.20). A lower number would be refused or run wrongly, a higher one
 * would shut out older runtimes.
 */
public final class OperatorVersions {
    private static final int PLAIN_RANK = 4;

    private OperatorVersions() {}

    /**
     * The version for these inputs and outputs.
     *
     * @param inputs an optional input that is left out is empty
     */
    public static int of(
            BuiltinOperator operator,
            OperatorOptions options,
            List<Optional<TfliteTensor>> inputs,
            List<TfliteTensor> outputs) {
        OperatorUse use = new OperatorUse(options, inputs, outputs);
        return switch (operator) {
            case CONV_2D, DEPTHWISE_CONV_2D, TRANSPOSE_CONV, FULLY_CONNECTED, BATCH_MATMUL, EMBEDDING_LOOKUP ->
                ProductVersions.of(operator, use);
            case LSTM,
                    RNN,
                    SVDF,
                    UNIDIRECTIONAL_SEQUENCE_RNN,
                    BIDIRECTIONAL_SEQUENCE_RNN,
                    UNIDIRECTIONAL_SEQUENCE_LSTM,
                    BIDIRECTIONAL_SEQUENCE_LSTM -> RecurrentVersions.of(operator, use);
            case ADD, SUB, MUL, DIV, FLOOR_DIV, FLOOR_MOD, MAXIMUM, MINIMUM, SQUARED_DIFFERENCE, ABS, SIGN ->
                arithmetic(operator, use);
            case RELU -> use.input(0, INT16) ? 3 : use.input(0, INT8, UINT8) ? 2 : 1;
            case LEAKY_RELU -> use.input(0, INT16) ? 2 : 1;
            case GELU -> use.input(0, INT8, UINT8) ? 2 : 1;
            case EXP, LOG, REDUCE_PROD -> use.input(0, INT8, INT16) ? 2 : 1;
            case AVERAGE_POOL_2D,
                    MAX_POOL_2D,
                    TANH,
                    LOGISTIC,
                    SOFTMAX,
                    MEAN,
                    MIRROR_PAD,
                    REDUCE_MAX,
                    REDUCE_MIN,
                    RELU6,
                    RSQRT,
                    LESS,
                    GREATER_EQUAL -> narrow(use);
            case SUM, LOG_SOFTMAX, GREATER, LESS_EQUAL -> use.input(0, INT8) ? 2 : 1;
            case L2_NORMALIZATION -> use.output(0, INT8) ? 2 : 1;
            case EQUAL -> use.input(0, INT16) ? 4 : use.input(0, STRING) ? 3 : use.input(0, INT8) ? 2 : 1;
            case NOT_EQUAL -> use.input(0, STRING) ? 3 : use.input(0, INT8) ? 2 : 1;
            case QUANTIZE, DEQUANTIZE, CAST, FAKE_QUANT -> conversion(operator, use);
            default -> ArrangementVersions.of(operator, use);
        };
    }

    /** The version for float32 inputs of these shapes and a float32 output. */
    public static int of(BuiltinOperator operator, OperatorOptions options, List<List<Integer>> inputs) {
        List<Optional<TfliteTensor>> tensors = inputs.stream()
                .map(shape -> Optional.of(TfliteTensor.computed("", FLOAT32, shape)))
                .toList();
        return of(operator, options, tensors, List.of(TfliteTensor.computed("", FLOAT32, List.of())));
    }

    /** Whether so many axes are more than most kernels of the first versions knew. */
    static boolean isManyAxes(int rank) {
        return rank > PLAIN_RANK;
    }

    /** The common rule: version 2 knows 8-bit values, version 3 16-bit ones. */
    static int narrow(OperatorUse use) {
        return use.input(0, INT16) ? 3 : use.input(0, INT8) ? 2 : 1;
    }

    private static int arithmetic(BuiltinOperator operator, OperatorUse use) {
        boolean stretches = use.broadcasts() && isManyAxes(use.highestRank());
        boolean plainInt16 = use.input(0, INT16) && !use.isQuantized(0);
        return switch (operator) {
            case ADD -> plainInt16 ? 5 : use.input(0, INT64) ? 4 : use.input(0, INT16) ? 3 : use.input(0, INT8) ? 2 : 1;
            case SUB -> use.input(0, INT16) ? 5 : use.input(0, INT64) ? 4 : stretches ? 3 : use.input(0, INT8) ? 2 : 1;
            case MUL -> plainInt16 ? 7 : multiplication(use);
            case DIV -> stretches ? 2 : 1;
            case FLOOR_DIV -> use.input(0, INT16, INT8) ? 3 : use.input(0, FLOAT32) ? 2 : 1;
            case FLOOR_MOD -> use.input(0, INT16, INT8) ? 2 : 1;
            case MAXIMUM, MINIMUM -> use.input(0, INT16) ? 4 : stretches ? 3 : use.input(0, INT8) ? 2 : 1;
            case ABS ->
                plainInt16 ? 4 : use.input(0, INT32) ? 5 : use.input(0, INT16) ? 3 : use.input(0, INT8, UINT8) ? 2 : 1;
            case SIGN -> use.input(0, INT32) ? 2 : 1;
            default -> use.input(0, INT8) ? 2 : 1;
        };
    }

    private static int multiplication(OperatorUse use) {
        if (use.input(0, UINT32)) {
            return 7;
        } else if (use.input(0, COMPLEX64)) {
            return 6;
        } else if (use.input(0, INT64)) {
            return 5;
        } else if (use.input(0, INT16)) {
            return 4;
        }
        return rescalesUpwards(use) ? 3 : use.input(0, INT8) ? 2 : 1;
    }

    private static boolean rescalesUpwards(OperatorUse use) {
        return use.isQuantized(0)
                && use.isQuantized(1)
                && use.outputs().get(0).quantization().isPresent()
                && scale(use.tensor(0)) * scale(use.tensor(1))
                        >= scale(use.outputs().get(0));
    }

    private static double scale(TfliteTensor tensor) {
        return tensor.quantization().orElseThrow().scales().get(0);
    }

    private static int conversion(BuiltinOperator operator, OperatorUse use) {
        return switch (operator) {
            case QUANTIZE -> {
                boolean perChannel =
                        use.outputs().get(0).quantization().stream().anyMatch(Quantization::isPerChannel);
                yield use.input(0, INT4) || use.output(0, INT4)
                        ? 4
                        : perChannel || use.isPerChannel(0) ? 3 : use.output(0, INT16) ? 2 : 1;
            }
            case DEQUANTIZE -> {
                if (use.input(0, INT4)) {
                    yield 6;
                }
                yield use.isPerChannel(0) ? 5 : use.input(0, INT16, FLOAT16) ? 3 : use.input(0, INT8) ? 2 : 1;
            }
            case CAST -> {
                if (either(use, BFLOAT16)) {
                    yield 7;
                } else if (use.input(0, INT4)) {
                    yield 6;
                }
                yield either(use, FLOAT64, FLOAT16)
                        ? 5
                        : either(use, UINT16) ? 4 : either(use, INT8) ? 3 : either(use, UINT32) ? 2 : 1;
            }
            default ->
                use.options() instanceof OperatorOptions.FakeQuantization settings && settings.narrowRange() ? 2 : 1;
        };
    }

    private static boolean either(OperatorUse use, TensorType... types) {
        return use.input(0, types) || use.output(0, types);
    }
}
