package dev.slipway.tflite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.slipway.kernel.SlipwayException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TfliteFileTest {

    static Stream<TfliteOperator> operators() {
        return Stream.of(
                operator(
                        BuiltinOperator.CONV_2D,
                        new OperatorOptions.Convolution(Padding.VALID, 1, 2, 3, 4, Activation.RELU6)),
                operator(
                        BuiltinOperator.DEPTHWISE_CONV_2D,
                        new OperatorOptions.DepthwiseConvolution(Padding.SAME, 1, 2, 3, 4, 5, Activation.NONE)),
                operator(
                        BuiltinOperator.MAX_POOL_2D,
                        new OperatorOptions.Pooling(Padding.SAME, 1, 2, 3, 4, Activation.RELU)),
                operator(BuiltinOperator.FULLY_CONNECTED, new OperatorOptions.FullyConnected(true, Activation.RELU)),
                operator(BuiltinOperator.ADD, new OperatorOptions.Arithmetic(Activation.RELU_N1_TO_1)),
                operator(BuiltinOperator.SUB, new OperatorOptions.Arithmetic(Activation.NONE)),
                operator(BuiltinOperator.MUL, new OperatorOptions.Arithmetic(Activation.RELU6)),
                operator(BuiltinOperator.DIV, new OperatorOptions.Arithmetic(Activation.NONE)),
                operator(BuiltinOperator.CONCATENATION, new OperatorOptions.Concatenation(-1)),
                operator(BuiltinOperator.SOFTMAX, new OperatorOptions.Softmax(0.5f)),
                operator(BuiltinOperator.RESHAPE, new OperatorOptions.Reshape(List.of(-1, 2))),
                operator(BuiltinOperator.MEAN, new OperatorOptions.Reduction(true)),
                operator(BuiltinOperator.BATCH_MATMUL, new OperatorOptions.BatchMatMul(true, false)),
                operator(BuiltinOperator.LEAKY_RELU, new OperatorOptions.LeakyRelu(0.25f)),
                operator(BuiltinOperator.GELU, new OperatorOptions.None()));
    }

    @ParameterizedTest
    @MethodSource("operators")
    void everyOperatorSurvivesWritingAndReading(TfliteOperator operator) {
        TfliteModel model = modelOf(operator);
        assertThat(TfliteReader.read(TfliteWriter.write(model))).isEqualTo(model);
    }

    @Test
    void signaturesMetadataAndOpenShapesSurvive() {
        TfliteModel model = SampleModels.addition();
        assertThat(TfliteReader.read(TfliteWriter.write(model))).isEqualTo(model);
    }

    @Test
    void equalModelsBecomeEqualBytes() {
        byte[] bytes = TfliteWriter.write(SampleModels.addition());
        assertThat(TfliteWriter.write(TfliteReader.read(bytes))).isEqualTo(bytes);
    }

    @Test
    void constantsAreAlignedAndEqualOnesAreWrittenOnce() {
        Random random = new Random(1);
        float[] values = new float[1000];
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextFloat();
        }
        TfliteTensor first = TfliteTensor.constant("a", TensorType.FLOAT32, List.of(1000), SampleModels.floats(values));
        TfliteTensor second =
                TfliteTensor.constant("b", TensorType.FLOAT32, List.of(10, 100), SampleModels.floats(values));
        byte[] bytes = TfliteWriter.write(new TfliteModel(
                "",
                List.of(new TfliteSubgraph("main", List.of(first, second), List.of(), List.of(), List.of(0, 1))),
                List.of(),
                Map.of()));
        assertThat(bytes.length).isBetween(4000, 4000 + 600);
        assertThat(new String(bytes, 4, 4, StandardCharsets.US_ASCII)).isEqualTo("TFL3");
        ByteBuffer data = first.data().orElseThrow();
        byte[] needle = new byte[64];
        data.get(needle);
        assertThat(indexOf(bytes, needle) % 16).isZero();
    }

    @Test
    void anInitialShapeThatTheRuntimeCouldNotAllocateIsMalformed() {
        byte[] bytes = TfliteWriter.write(SampleModels.addition());
        byte[] initialShape = {2, 0, 0, 0, 1, 0, 0, 0, 3, 0, 0, 0};
        bytes[indexOf(bytes, initialShape) + 7] = 29;
        assertThatExceptionOfType(SlipwayException.class)
                .isThrownBy(() -> TfliteReader.read(bytes))
                .matches(e -> e.code().equals("tflite.malformed"));
    }

    @Test
    void anIndexOutOfRangeIsMalformed() {
        assertThatExceptionOfType(SlipwayException.class)
                .isThrownBy(() -> new TfliteModel(
                        "",
                        List.of(new TfliteSubgraph("main", List.of(), List.of(), List.of(0), List.of())),
                        List.of(),
                        Map.of()))
                .matches(e -> e.code().equals("tflite.malformed"));
    }

    @Property(tries = 300)
    void aDamagedFileIsRefusedOrRead(@ForAll @IntRange(min = 0, max = 10_000) int at, @ForAll byte value) {
        byte[] bytes = TfliteWriter.write(SampleModels.addition());
        bytes[at % bytes.length] = value;
        readOrRefuse(bytes);
    }

    @Property(tries = 200)
    void aFileCutOffIsRefusedOrRead(@ForAll @IntRange(min = 0, max = 2000) int length) {
        byte[] bytes = TfliteWriter.write(SampleModels.addition());
        readOrRefuse(Arrays.copyOf(bytes, Math.min(length, bytes.length)));
    }

    @Property(tries = 200)
    void randomBytesBehindTheIdentifierAreRefusedOrRead(@ForAll byte[] random) {
        ByteBuffer bytes = ByteBuffer.allocate(8 + random.length);
        bytes.put(new byte[] {8, 0, 0, 0})
                .put("TFL3".getBytes(StandardCharsets.US_ASCII))
                .put(random);
        readOrRefuse(bytes.array());
    }

    private static void readOrRefuse(byte[] bytes) {
        try {
            assertThat(TfliteReader.read(bytes)).isNotNull();
        } catch (SlipwayException e) {
            assertThat(e.code()).startsWith("tflite.");
        }
    }

    private static TfliteOperator operator(BuiltinOperator operator, OperatorOptions options) {
        return new TfliteOperator(operator, 2, List.of(0, -1), List.of(1), options);
    }

    private static TfliteModel modelOf(TfliteOperator operator) {
        return new TfliteModel(
                "one operator",
                List.of(new TfliteSubgraph(
                        "main",
                        List.of(
                                TfliteTensor.computed("x", TensorType.FLOAT32, List.of(1, 2, 2, 1)),
                                TfliteTensor.computed("y", TensorType.FLOAT32, List.of())),
                        List.of(operator),
                        List.of(0),
                        List.of(1))),
                List.of(),
                Map.of());
    }

    private static int indexOf(byte[] bytes, byte[] part) {
        for (int at = 0; at + part.length <= bytes.length; at++) {
            if (Arrays.equals(bytes, at, at + part.length, part, 0, part.length)) {
                return at;
            }
        }
        throw new AssertionError("the constant is not in the file");
    }
}
