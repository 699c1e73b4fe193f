package dev.slipway.tflite.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.slipway.kernel.SlipwayException;
import dev.slipway.tflite.Activation;
import dev.slipway.tflite.BuiltinOperator;
import dev.slipway.tflite.OperatorOptions;
import dev.slipway.tflite.Padding;
import dev.slipway.tflite.Quantization;
import dev.slipway.tflite.SampleModels;
import dev.slipway.tflite.TensorData;
import dev.slipway.tflite.TensorType;
import dev.slipway.tflite.TfliteModel;
import dev.slipway.tflite.TfliteOperator;
import dev.slipway.tflite.TfliteSubgraph;
import dev.slipway.tflite.TfliteTensor;
import dev.slipway.tflite.TfliteWriter;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Models that would end the process, were they run, are refused. */
class HostileModelTest {
    private static final OperatorOptions NONE = new OperatorOptions.None();
    private static final OperatorOptions SUM = new OperatorOptions.Arithmetic(Activation.NONE);

    static Stream<TfliteModel> hostile() {
        TfliteTensor x = TfliteTensor.computed("x", TensorType.FLOAT32, List.of(1, 4, 4, 2));
        TfliteTensor y = TfliteTensor.computed("y", TensorType.FLOAT32, List.of(1, 4, 4, 2));
        TfliteTensor constant = TfliteTensor.constant("c", TensorType.FLOAT32, List.of(1), SampleModels.floats(1));
        TfliteTensor bytes = TfliteTensor.computed("x", TensorType.INT8, List.of(2));
        TfliteTensor five = TfliteTensor.computed("x", TensorType.FLOAT32, List.of(1, 1, 1, 2, 1));
        TfliteTensor flags = TfliteTensor.computed("y", TensorType.BOOL, List.of(1, 1, 1, 2, 2));
        return Stream.of(
                // Strides of zero, or settings left out.
                one(
                        BuiltinOperator.MAX_POOL_2D,
                        new OperatorOptions.Pooling(Padding.SAME, 0, 1, 1, 1, Activation.NONE),
                        y,
                        x),
                one(BuiltinOperator.AVERAGE_POOL_2D, NONE, y, x),
                one(BuiltinOperator.DEPTH_TO_SPACE, new OperatorOptions.DepthToSpace(0), y, x),
                // Too few inputs.
                one(BuiltinOperator.SLICE, NONE, y, x),
                one(BuiltinOperator.ADD, SUM, y, x),
                // 8-bit values without a scale.
                one(BuiltinOperator.ADD, SUM, TfliteTensor.computed("y", TensorType.INT8, List.of(2)), bytes, bytes),
                one(BuiltinOperator.EQUAL, NONE, TfliteTensor.computed("y", TensorType.BOOL, List.of(2)), bytes, bytes),
                // Scales that fixed-point multipliers can't express.
                one(
                        BuiltinOperator.ADD,
                        SUM,
                        scaled(TfliteTensor.computed("y", TensorType.INT8, List.of(2)), 1e-9f),
                        scaled(bytes, 1),
                        scaled(bytes, 1)),
                // More axes than a kernel can stretch.
                one(BuiltinOperator.LESS, NONE, flags, five, constant),
                // Bytes copied into a smaller place.
                one(
                        BuiltinOperator.RESHAPE,
                        new OperatorOptions.Reshape(List.of(-1)),
                        TfliteTensor.computed("y", TensorType.UINT8, List.of(32)),
                        x),
                // Strings hold offsets that nobody checks.
                one(BuiltinOperator.RESHAPE, NONE, TfliteTensor.computed("y", TensorType.STRING, List.of(1)), x),
                // A constant as an input, and as a result.
                graph(List.of(constant, y), List.of(0), List.of(0), List.of(1)),
                graph(List.of(x, constant), List.of(0), List.of(0), List.of(1)),
                // A value that nothing makes, or that is made of itself.
                graph(List.of(x, y, y), List.of(0), List.of(1), List.of(2)),
                graph(List.of(x, y), List.of(0), List.of(1), List.of(1)));
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void itIsRefused(TfliteModel model) {
        byte[] file = TfliteWriter.write(model);
        assertThatExceptionOfType(SlipwayException.class)
                .isThrownBy(() -> TfliteInterpreter.open(file).close())
                .matches(e -> e.code().startsWith("tflite."));
    }

    @Test
    void lengthsThatOnlyTheInputShowsAreLookedAt() {
        TfliteModel model = one(
                BuiltinOperator.LESS,
                NONE,
                TfliteTensor.computed("y", TensorType.BOOL, List.of(-1, 1, 1, 1, 1)),
                TfliteTensor.computed("a", TensorType.FLOAT32, List.of(-1, 1, 1, 1, 1)),
                TfliteTensor.computed("b", TensorType.FLOAT32, List.of(-1, 1, 1, 1, 1)));
        try (TfliteInterpreter interpreter = TfliteInterpreter.open(TfliteWriter.write(model))) {
            TensorData two = TensorData.ofFloats(List.of(2, 1, 1, 1, 1), 1, 2);
            TensorData one = TensorData.ofFloats(List.of(1, 1, 1, 1, 1), 2);
            assertThat(interpreter.evaluate(Map.of("a", two, "b", two))).hasSize(1);
            assertThatExceptionOfType(SlipwayException.class)
                    .isThrownBy(() -> interpreter.evaluate(Map.of("a", two, "b", one)))
                    .matches(e -> e.code().equals("tflite.unusable"));
            assertThat(interpreter.evaluate(Map.of("a", one, "b", one))).hasSize(1);
        }
    }

    @Property(tries = 300)
    void aDamagedModelIsRefusedOrRuns(@ForAll long seed) {
        Random random = new Random(seed);
        byte[] file = TfliteWriter.write(random.nextBoolean() ? SampleModels.addition() : convolution());
        for (int flip = 0; flip <= random.nextInt(3); flip++) {
            file[random.nextInt(file.length)] = (byte) (random.nextBoolean() ? random.nextInt(4) : random.nextInt(256));
        }
        try (TfliteInterpreter interpreter =
                TfliteInterpreter.open(file, new InterpreterSettings(1, random.nextBoolean()))) {
            Map<String, TensorData> values = new LinkedHashMap<>();
            for (InterpreterValue input : interpreter.inputs()) {
                List<Integer> shape =
                        input.shape().stream().map(length -> Math.abs(length)).toList();
                long elements = shape.stream().mapToLong(Integer::longValue).reduce(1, (a, b) -> a * b);
                if (elements > 1 << 20 || !input.type().isFixedSize()) {
                    return;
                }
                values.put(input.name(), new TensorData(input.type(), shape, ByteBuffer.allocate((int)
                        input.type().bytes(elements))));
            }
            assertThat(interpreter.evaluate(values)).hasSameSizeAs(interpreter.outputs());
        } catch (SlipwayException e) {
            assertThat(e.code()).startsWith("tflite.");
        }
    }

    private static TfliteModel convolution() {
        return SampleModels.oneOperator(
                BuiltinOperator.CONV_2D,
                new OperatorOptions.Convolution(Padding.SAME, 1, 1, 1, 1, Activation.RELU),
                List.of(
                        TfliteTensor.computed("x", TensorType.FLOAT32, List.of(1, 4, 4, 2)),
                        TfliteTensor.constant(
                                "weights", TensorType.FLOAT32, List.of(2, 1, 1, 2), SampleModels.floats(1, 2, 3, 4)),
                        TfliteTensor.constant("bias", TensorType.FLOAT32, List.of(2), SampleModels.floats(5, 6))),
                List.of(TfliteTensor.computed("y", TensorType.FLOAT32, List.of(1, 4, 4, 2))));
    }

    private static TfliteModel one(
            BuiltinOperator operator, OperatorOptions options, TfliteTensor output, TfliteTensor... inputs) {
        return SampleModels.oneOperator(operator, options, List.of(inputs), List.of(output));
    }

    private static TfliteTensor scaled(TfliteTensor tensor, float scale) {
        return tensor.withQuantization(Quantization.perTensor(scale, 0));
    }

    private static TfliteModel graph(
            List<TfliteTensor> tensors, List<Integer> inputs, List<Integer> from, List<Integer> to) {
        return new TfliteModel(
                "",
                List.of(new TfliteSubgraph(
                        "main",
                        tensors,
                        List.of(new TfliteOperator(BuiltinOperator.NEG, 1, from, to, NONE)),
                        inputs,
                        to)),
                List.of(),
                Map.of());
    }
}
