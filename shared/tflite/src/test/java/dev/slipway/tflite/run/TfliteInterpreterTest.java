package dev.slipway.tflite.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.tensor.Tensor;
import dev.slipway.tflite.Activation;
import dev.slipway.tflite.BuiltinOperator;
import dev.slipway.tflite.OperatorOptions;
import dev.slipway.tflite.SampleModels;
import dev.slipway.tflite.TensorType;
import dev.slipway.tflite.TfliteModel;
import dev.slipway.tflite.TfliteOperator;
import dev.slipway.tflite.TfliteSubgraph;
import dev.slipway.tflite.TfliteTensor;
import dev.slipway.tflite.TfliteWriter;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Test;

class TfliteInterpreterTest {
    private static final byte[] ADDITION = TfliteWriter.write(SampleModels.addition());

    @Test
    void runsAModelAtChangingBatchSizes() {
        try (TfliteInterpreter interpreter = TfliteInterpreter.open(ADDITION)) {
            assertThat(interpreter.run(new Tensor(List.of(1, 3), new float[] {1, 1, -9})))
                    .isEqualTo(new Tensor(List.of(1, 3), new float[] {2, 3, 0}));
            assertThat(interpreter.run(new Tensor(List.of(2, 3), new float[] {0, 0, 0, 1, 1, 1})))
                    .isEqualTo(new Tensor(List.of(2, 3), new float[] {1, 2, 3, 2, 3, 4}));
            assertThat(interpreter.run(new Tensor(List.of(1, 3), new float[] {5, 5, 5})))
                    .isEqualTo(new Tensor(List.of(1, 3), new float[] {6, 7, 8}));
        }
    }

    @Test
    void runsAModelThatLiesOutsideTheHeap() {
        ByteBuffer outside = TfliteWriter.writeDirect(SampleModels.addition());
        assertThat(outside.isDirect()).isTrue();
        assertThat(outside).isEqualTo(ByteBuffer.wrap(ADDITION));
        for (ByteBuffer file : List.of(outside, ByteBuffer.wrap(ADDITION), outside.asReadOnlyBuffer())) {
            try (TfliteInterpreter interpreter = TfliteInterpreter.open(file, InterpreterSettings.standard())) {
                assertThat(interpreter.run(new Tensor(List.of(1, 3), new float[] {1, 1, -9})))
                        .isEqualTo(new Tensor(List.of(1, 3), new float[] {2, 3, 0}));
            }
        }
    }

    @Test
    void namesItsValuesByTheSignature() {
        try (TfliteInterpreter interpreter = TfliteInterpreter.open(ADDITION)) {
            assertThat(interpreter.inputs())
                    .containsExactly(new InterpreterValue("left", TensorType.FLOAT32, List.of(-1, 3)));
            assertThat(interpreter.outputs()).extracting(InterpreterValue::name).containsExactly("sum");
            assertThat(interpreter.run(Map.of("left", new Tensor(List.of(1, 3), new float[3]))))
                    .containsOnlyKeys("sum");
        }
    }

    @Test
    void aWrongInputIsAClearError() {
        try (TfliteInterpreter interpreter = TfliteInterpreter.open(ADDITION)) {
            for (Tensor wrong : List.of(
                    new Tensor(List.of(1, 4), new float[4]),
                    new Tensor(List.of(3), new float[3]),
                    new Tensor(List.of(0, 3), new float[0]))) {
                assertThatExceptionOfType(SlipwayException.class)
                        .isThrownBy(() -> interpreter.run(wrong))
                        .matches(e -> e.code().equals("tflite.input"));
            }
            assertThatExceptionOfType(SlipwayException.class)
                    .isThrownBy(() -> interpreter.run(Map.of()))
                    .withMessageContaining("[left]");
            assertThat(interpreter.run(new Tensor(List.of(1, 3), new float[3])).values())
                    .containsExactly(1, 2, 3);
        }
    }

    @Test
    void howMuchMemoryTheRestOfTheProcessTakesDoesNotMatter() {
        TfliteInterpreter.open(ADDITION).close();
        assertThat(Pointer.maxPhysicalBytes()).isZero();
    }

    @Test
    void aClosedInterpreterSaysSo() {
        TfliteInterpreter interpreter = TfliteInterpreter.open(ADDITION);
        interpreter.close();
        interpreter.close();
        assertThatExceptionOfType(SlipwayException.class)
                .isThrownBy(() -> interpreter.run(new Tensor(List.of(1, 3), new float[3])))
                .matches(e -> e.code().equals("tflite.closed"));
    }

    @Test
    void aModelWhoseOperatorTheRuntimeCannotRunIsUnusable() {
        TfliteModel unknownVersion = new TfliteModel(
                "",
                List.of(new TfliteSubgraph(
                        "main",
                        List.of(
                                TfliteTensor.computed("x", TensorType.FLOAT32, List.of(1)),
                                TfliteTensor.computed("y", TensorType.FLOAT32, List.of(1))),
                        List.of(new TfliteOperator(
                                BuiltinOperator.RELU, 99, List.of(0), List.of(1), new OperatorOptions.None())),
                        List.of(0),
                        List.of(1))),
                List.of(),
                Map.of());
        assertThatExceptionOfType(SlipwayException.class)
                .isThrownBy(() -> TfliteInterpreter.open(TfliteWriter.write(unknownVersion)))
                .matches(e -> e.code().equals("tflite.unusable"));
    }

    @Test
    void resultsThatNothingReadsDoNotCrashTheRuntime() {
        List<TfliteTensor> tensors = IntStream.range(0, 5)
                .mapToObj(i -> TfliteTensor.computed("t" + i, TensorType.FLOAT32, List.of(1, 4)))
                .toList();
        TfliteModel model = new TfliteModel(
                "",
                List.of(new TfliteSubgraph(
                        "main",
                        tensors,
                        List.of(difference(0, 0, 1), difference(1, 0, 2), difference(2, 1, 3), difference(0, 1, 4)),
                        List.of(0),
                        List.of(4))),
                List.of(),
                Map.of());
        try (TfliteInterpreter interpreter = TfliteInterpreter.open(TfliteWriter.write(model))) {
            assertThat(interpreter
                            .run(new Tensor(List.of(1, 4), new float[] {1, 2, 3, 4}))
                            .values())
                    .containsExactly(1, 2, 3, 4);
        }
    }

    private static TfliteOperator difference(int left, int right, int result) {
        return new TfliteOperator(
                BuiltinOperator.SUB,
                1,
                List.of(left, right),
                List.of(result),
                new OperatorOptions.Arithmetic(Activation.NONE));
    }

    @Test
    void aFileCutOffIsRefused() {
        for (int length = 0; length < ADDITION.length; length += 7) {
            byte[] part = Arrays.copyOf(ADDITION, length);
            assertThatExceptionOfType(SlipwayException.class)
                    .isThrownBy(() -> TfliteInterpreter.open(part).close())
                    .matches(e -> e.code().startsWith("tflite."));
        }
    }
}
