package dev.slipway.tflite;

import static dev.slipway.tflite.TensorType.BOOL;
import static dev.slipway.tflite.TensorType.FLOAT16;
import static dev.slipway.tflite.TensorType.FLOAT32;
import static dev.slipway.tflite.TensorType.INT16;
import static dev.slipway.tflite.TensorType.INT32;
import static dev.slipway.tflite.TensorType.INT64;
import static dev.slipway.tflite.TensorType.INT8;
import static dev.slipway.tflite.TensorType.UINT32;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.tflite.run.InterpreterSettings;
import dev.slipway.tflite.run.TfliteInterpreter;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The rules of {@code op_version.cc}, and that the runtime takes a model of the version. */
class OperatorVersionsTest {
    private static final OperatorOptions NONE = new OperatorOptions.None();
    private static final OperatorOptions SUM = new OperatorOptions.Arithmetic(Activation.NONE);
    private static final OperatorOptions WINDOW =
            new OperatorOptions.Convolution(Padding.SAME, 1, 1, 1, 1, Activation.NONE);
    private static final OperatorOptions DEPTHWISE =
            new OperatorOptions.DepthwiseConvolution(Padding.SAME, 1, 1, 1, 1, 1, Activation.NONE);
    private static final OperatorOptions DENSE = new OperatorOptions.FullyConnected(false, Activation.NONE);
    private static final OperatorOptions SLICE = new OperatorOptions.StridedSlice(0, 0, 0, 0, 0, false);

    static Stream<Arguments> uses() {
        TfliteTensor image = plain(FLOAT32, 1, 4, 4, 2);
        TfliteTensor quantizedImage = quantized(INT8, 1, 4, 4, 2);
        TfliteTensor wideImage = quantized(INT16, 1, 4, 4, 2);
        TfliteTensor bias = constant(plain(FLOAT32, 2));
        TfliteTensor intBias = constant(perChannel(INT32, 0, 2));
        TfliteTensor longBias = constant(perChannel(INT64, 0, 2));
        TfliteTensor weights = constant(perChannel(INT8, 0, 2, 1, 1, 2));
        TfliteTensor depthWeights = constant(perChannel(INT8, 3, 1, 1, 1, 2));
        return Stream.of(
                use(1, BuiltinOperator.CONV_2D, WINDOW, image, image, constant(plain(FLOAT32, 2, 1, 1, 2)), bias),
                use(6, BuiltinOperator.CONV_2D, WINDOW, image, image, constant(plain(FLOAT32, 2, 1, 1, 1)), bias),
                use(5, BuiltinOperator.CONV_2D, WINDOW, image, image, weights, bias),
                use(3, BuiltinOperator.CONV_2D, WINDOW, quantizedImage, quantizedImage, weights, intBias),
                use(4, BuiltinOperator.CONV_2D, WINDOW, wideImage, wideImage, weights, longBias),
                use(
                        1,
                        BuiltinOperator.DEPTHWISE_CONV_2D,
                        DEPTHWISE,
                        image,
                        image,
                        constant(plain(FLOAT32, 1, 1, 1, 2)),
                        bias),
                use(6, BuiltinOperator.DEPTHWISE_CONV_2D, DEPTHWISE, image, image, depthWeights, bias),
                use(
                        3,
                        BuiltinOperator.DEPTHWISE_CONV_2D,
                        DEPTHWISE,
                        quantizedImage,
                        quantizedImage,
                        depthWeights,
                        intBias),
                use(5, BuiltinOperator.DEPTHWISE_CONV_2D, DEPTHWISE, wideImage, wideImage, depthWeights, longBias),
                dense(1, DENSE, FLOAT32, FLOAT32),
                dense(3, DENSE, FLOAT32, INT8),
                dense(9, new OperatorOptions.FullyConnected(false, true, Activation.NONE), FLOAT32, INT8),
                dense(4, DENSE, INT8, INT8),
                dense(7, DENSE, INT16, INT8),
                dense(5, new OperatorOptions.FullyConnected(true, Activation.NONE), FLOAT32, FLOAT32),
                same(1, BuiltinOperator.ADD, SUM, plain(FLOAT32, 2, 3)),
                same(2, BuiltinOperator.ADD, SUM, quantized(INT8, 2, 3)),
                same(3, BuiltinOperator.ADD, SUM, quantized(INT16, 2, 3)),
                same(4, BuiltinOperator.ADD, SUM, plain(INT64, 2, 3)),
                same(5, BuiltinOperator.ADD, SUM, plain(INT16, 2, 3)),
                same(4, BuiltinOperator.SUB, SUM, plain(INT64, 2, 3)),
                same(5, BuiltinOperator.SUB, SUM, quantized(INT16, 2, 3)),
                same(5, BuiltinOperator.MUL, SUM, plain(INT64, 2, 3)),
                same(7, BuiltinOperator.MUL, SUM, plain(UINT32, 2, 3)),
                same(4, BuiltinOperator.MAXIMUM, NONE, quantized(INT16, 2, 3)),
                use(
                        3,
                        BuiltinOperator.SUB,
                        SUM,
                        plain(FLOAT32, 1, 2, 1, 1, 3),
                        plain(FLOAT32, 1, 2, 1, 1, 3),
                        plain(FLOAT32, 3)),
                use(
                        2,
                        BuiltinOperator.DIV,
                        SUM,
                        plain(FLOAT32, 1, 2, 1, 1, 3),
                        plain(FLOAT32, 1, 2, 1, 1, 3),
                        plain(FLOAT32, 3)),
                use(
                        2,
                        BuiltinOperator.FLOOR_DIV,
                        NONE,
                        plain(FLOAT32, 3),
                        plain(FLOAT32, 3),
                        TfliteTensor.constant("", FLOAT32, List.of(3), SampleModels.floats(1, 1, 1))),
                transpose(1, FLOAT32, 2),
                transpose(2, INT8, 2),
                transpose(3, BOOL, 2),
                transpose(4, FLOAT32, 5),
                transpose(6, FLOAT32, 6),
                pad(1, FLOAT32, 4),
                pad(4, FLOAT32, 5),
                slice(4, FLOAT32, 5),
                slice(3, BOOL, 2),
                use(5, BuiltinOperator.CAST, cast(FLOAT16, FLOAT32), plain(FLOAT32, 2), plain(FLOAT16, 2)),
                use(3, BuiltinOperator.CAST, cast(INT8, INT32), plain(INT32, 2), plain(INT8, 2)),
                use(1, BuiltinOperator.CAST, cast(INT64, FLOAT32), plain(FLOAT32, 2), plain(INT64, 2)),
                use(3, BuiltinOperator.DEQUANTIZE, NONE, plain(FLOAT32, 2), plain(FLOAT16, 2)),
                use(2, BuiltinOperator.DEQUANTIZE, NONE, plain(FLOAT32, 2), quantized(INT8, 2)),
                use(1, BuiltinOperator.QUANTIZE, NONE, quantized(INT8, 2), plain(FLOAT32, 2)),
                use(2, BuiltinOperator.QUANTIZE, NONE, quantized(INT16, 2), plain(FLOAT32, 2)),
                use(
                        2,
                        BuiltinOperator.BROADCAST_TO,
                        NONE,
                        plain(FLOAT32, 2, 3),
                        plain(FLOAT32, 3),
                        SampleModels.ints("shape", 2, 3)),
                use(
                        3,
                        BuiltinOperator.RESIZE_BILINEAR,
                        new OperatorOptions.Resize(false, true),
                        plain(FLOAT32, 1, 8, 8, 2),
                        image,
                        SampleModels.ints("size", 8, 8)),
                use(
                        3,
                        BuiltinOperator.SPLIT,
                        new OperatorOptions.Split(1),
                        plain(INT32, 2),
                        constant(plain(INT32)),
                        plain(INT32, 2)),
                use(2, BuiltinOperator.GELU, new OperatorOptions.Gelu(false), quantized(INT8, 2), quantized(INT8, 2)),
                use(
                        2,
                        BuiltinOperator.SOFTMAX,
                        new OperatorOptions.Softmax(1),
                        withScale(plain(INT8, 1, 2), 1f / 256, -128),
                        quantized(INT8, 1, 2)));
    }

    @ParameterizedTest
    @MethodSource("uses")
    void theLowestVersionIsChosenAndRuns(
            int version,
            BuiltinOperator operator,
            OperatorOptions options,
            List<TfliteTensor> inputs,
            TfliteTensor output) {
        List<Optional<TfliteTensor>> given = inputs.stream().map(Optional::of).toList();
        assertThat(OperatorVersions.of(operator, options, given, List.of(output)))
                .isEqualTo(version);
        byte[] file = TfliteWriter.write(SampleModels.oneOperator(operator, options, inputs, List.of(output)));
        for (InterpreterSettings settings : List.of(InterpreterSettings.standard(), InterpreterSettings.plain())) {
            try (TfliteInterpreter interpreter = TfliteInterpreter.open(file, settings)) {
                Map<String, TensorData> values = new LinkedHashMap<>();
                interpreter
                        .inputs()
                        .forEach(value -> values.put(
                                value.name(),
                                new TensorData(value.type(), value.shape(), zeros(value.type(), value.shape()))));
                assertThat(interpreter.evaluate(values)).hasSize(1);
            }
        }
    }

    private static Arguments use(
            int version,
            BuiltinOperator operator,
            OperatorOptions options,
            TfliteTensor output,
            TfliteTensor... inputs) {
        List<TfliteTensor> named = new ArrayList<>();
        for (TfliteTensor input : inputs) {
            named.add(renamed(input, "input" + named.size()));
        }
        return Arguments.of(version, operator, options, named, renamed(output, "output"));
    }

    private static Arguments same(int version, BuiltinOperator operator, OperatorOptions options, TfliteTensor tensor) {
        return use(version, operator, options, tensor, tensor, tensor);
    }

    private static Arguments dense(int version, OperatorOptions options, TensorType values, TensorType weights) {
        TensorType bias = values == FLOAT32 ? FLOAT32 : values == INT16 ? INT64 : INT32;
        return use(
                version,
                BuiltinOperator.FULLY_CONNECTED,
                options,
                anyOf(values, 1, 2),
                anyOf(values, 1, 3),
                constant(anyOf(weights, 2, 3)),
                constant(bias == FLOAT32 ? plain(bias, 2) : withScale(plain(bias, 2), 0.25f, 0)));
    }

    private static Arguments transpose(int version, TensorType type, int rank) {
        int[] order = new int[rank];
        for (int axis = 0; axis < rank; axis++) {
            order[axis] = rank - 1 - axis;
        }
        TfliteTensor tensor = anyOf(
                type,
                Collections.nCopies(rank, 2).stream()
                        .mapToInt(Integer::intValue)
                        .toArray());
        return use(version, BuiltinOperator.TRANSPOSE, NONE, tensor, tensor, SampleModels.ints("order", order));
    }

    private static Arguments pad(int version, TensorType type, int rank) {
        TfliteTensor tensor = anyOf(
                type,
                Collections.nCopies(rank, 2).stream()
                        .mapToInt(Integer::intValue)
                        .toArray());
        TfliteTensor borders =
                TfliteTensor.constant("borders", INT32, List.of(rank, 2), SampleModels.intBytes(new int[rank * 2]));
        return use(version, BuiltinOperator.PAD, NONE, tensor, tensor, borders);
    }

    private static Arguments slice(int version, TensorType type, int rank) {
        int[] ones = Collections.nCopies(rank, 1).stream()
                .mapToInt(Integer::intValue)
                .toArray();
        return use(
                version,
                BuiltinOperator.STRIDED_SLICE,
                SLICE,
                anyOf(type, ones),
                anyOf(type, ones),
                SampleModels.ints("begin", new int[rank]),
                SampleModels.ints("end", ones),
                SampleModels.ints("step", ones));
    }

    private static OperatorOptions cast(TensorType from, TensorType to) {
        return new OperatorOptions.Cast(from, to);
    }

    private static TfliteTensor anyOf(TensorType type, int... shape) {
        return type == INT8 || type == INT16 || type == INT64 ? quantized(type, shape) : plain(type, shape);
    }

    private static TfliteTensor plain(TensorType type, int... shape) {
        return TfliteTensor.computed("", type, Arrays.stream(shape).boxed().toList());
    }

    private static TfliteTensor quantized(TensorType type, int... shape) {
        return withScale(plain(type, shape), 0.5f, 0);
    }

    private static TfliteTensor withScale(TfliteTensor tensor, float scale, long zeroPoint) {
        return tensor.withQuantization(Quantization.perTensor(scale, zeroPoint));
    }

    private static TfliteTensor perChannel(TensorType type, int axis, int... shape) {
        int channels = shape[axis];
        float scale = type == INT8 ? 0.5f : 0.25f;
        return plain(type, shape)
                .withQuantization(new Quantization(
                        Collections.nCopies(channels, scale), Collections.nCopies(channels, 0L), axis));
    }

    private static TfliteTensor constant(TfliteTensor tensor) {
        return new TfliteTensor(
                tensor.name(),
                tensor.type(),
                tensor.shape(),
                Optional.of(zeros(tensor.type(), tensor.shape())),
                tensor.quantization());
    }

    private static TfliteTensor renamed(TfliteTensor tensor, String name) {
        return new TfliteTensor(name, tensor.type(), tensor.shape(), tensor.data(), tensor.quantization());
    }

    private static ByteBuffer zeros(TensorType type, List<Integer> shape) {
        return ByteBuffer.allocate((int) type.bytes(shape.stream().reduce(1, (a, b) -> a * b)));
    }
}
