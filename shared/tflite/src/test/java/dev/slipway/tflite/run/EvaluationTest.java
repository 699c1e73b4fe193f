package dev.slipway.tflite.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.slipway.kernel.SlipwayException;
import dev.slipway.tflite.Activation;
import dev.slipway.tflite.BuiltinOperator;
import dev.slipway.tflite.OperatorOptions;
import dev.slipway.tflite.SampleModels;
import dev.slipway.tflite.TensorData;
import dev.slipway.tflite.TensorType;
import dev.slipway.tflite.TfliteModel;
import dev.slipway.tflite.TfliteTensor;
import dev.slipway.tflite.TfliteWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EvaluationTest {
    private static final OperatorOptions NONE = new OperatorOptions.None();

    @ParameterizedTest
    @EnumSource(
            value = TensorType.class,
            names = {"FLOAT32", "INT32", "INT64", "INT16", "INT8", "UINT8", "BOOL"})
    void valuesOfAnyTypeGoInAndOut(TensorType type) {
        TfliteModel model = SampleModels.oneOperator(
                BuiltinOperator.RESHAPE,
                NONE,
                List.of(TfliteTensor.computed("x", type, List.of(2, 3)), SampleModels.ints("shape", 3, 2)),
                List.of(TfliteTensor.computed("y", type, List.of(3, 2))));
        byte[] bytes = new byte[6 * type.bytes()];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (i % 2);
        }
        TensorData given = new TensorData(type, List.of(2, 3), ByteBuffer.wrap(bytes));
        assertThat(evaluate(model, Map.of("x", given)))
                .containsExactly(Map.entry("y", new TensorData(type, List.of(3, 2), ByteBuffer.wrap(bytes))));
    }

    @Test
    void scalarsAndEmptyAxesWork() {
        TfliteModel negation = SampleModels.oneOperator(
                BuiltinOperator.NEG,
                NONE,
                List.of(TfliteTensor.computed("x", TensorType.FLOAT32, List.of())),
                List.of(TfliteTensor.computed("y", TensorType.FLOAT32, List.of())));
        assertThat(evaluate(negation, Map.of("x", TensorData.ofFloats(List.of(), 5)))
                        .get("y"))
                .isEqualTo(TensorData.ofFloats(List.of(), -5));
        TfliteModel join = SampleModels.oneOperator(
                BuiltinOperator.CONCATENATION,
                new OperatorOptions.Concatenation(0),
                List.of(
                        TfliteTensor.computed("a", TensorType.FLOAT32, List.of(-1, 2)),
                        TfliteTensor.computed("b", TensorType.FLOAT32, List.of(-1, 2))),
                List.of(TfliteTensor.computed("y", TensorType.FLOAT32, List.of(-1, 2))));
        assertThat(evaluate(
                                join,
                                Map.of(
                                        "a", TensorData.ofFloats(List.of(0, 2)),
                                        "b", TensorData.ofFloats(List.of(1, 2), 3, 4)))
                        .get("y"))
                .isEqualTo(TensorData.ofFloats(List.of(1, 2), 3, 4));
    }

    @Test
    void shapesThatOnlyTheRunShowsAreRead() {
        TfliteModel model = SampleModels.oneOperator(
                BuiltinOperator.WHERE,
                NONE,
                List.of(TfliteTensor.computed("x", TensorType.BOOL, List.of(-1))),
                List.of(TfliteTensor.computed("places", TensorType.INT64, List.of(-1, 1))));
        try (TfliteInterpreter interpreter = TfliteInterpreter.open(TfliteWriter.write(model))) {
            assertThat(places(interpreter, 1, 0, 1)).containsExactly(0, 2);
            assertThat(places(interpreter, 0, 0)).isEmpty();
            assertThat(places(interpreter, 0, 1, 1, 1)).containsExactly(1, 2, 3);
        }
    }

    private static long[] places(TfliteInterpreter interpreter, int... flags) {
        TensorData given = new TensorData(TensorType.BOOL, List.of(flags.length), SampleModels.bytes(flags));
        TensorData found = interpreter.evaluate(Map.of("x", given)).get("places");
        long[] places = new long[found.elements()];
        found.data().asLongBuffer().get(places);
        assertThat(found.shape()).containsExactly(places.length, 1);
        return places;
    }

    @Test
    void statesBeginAtZeroInEachRun() {
        TfliteModel model = SampleModels.oneOperator(
                BuiltinOperator.SVDF,
                new OperatorOptions.Svdf(1, false, Activation.NONE),
                List.of(
                        TfliteTensor.computed("x", TensorType.FLOAT32, List.of(1, 1)),
                        TfliteTensor.constant("features", TensorType.FLOAT32, List.of(1, 1), SampleModels.floats(1)),
                        TfliteTensor.constant("time", TensorType.FLOAT32, List.of(1, 2), SampleModels.floats(10, 1)),
                        TfliteTensor.constant("bias", TensorType.FLOAT32, List.of(1), SampleModels.floats(0)),
                        TfliteTensor.variable("state", TensorType.FLOAT32, List.of(1, 2))),
                List.of(TfliteTensor.computed("y", TensorType.FLOAT32, List.of(1, 1))));
        try (TfliteInterpreter interpreter = TfliteInterpreter.open(TfliteWriter.write(model))) {
            for (int run = 0; run < 3; run++) {
                assertThat(interpreter
                                .evaluate(Map.of("x", TensorData.ofFloats(List.of(1, 1), 3)))
                                .get("y")
                                .floats())
                        .containsExactly(3);
            }
        }
    }

    @Test
    void aValueOfAnotherTypeOrShapeIsRefused() {
        byte[] file = TfliteWriter.write(SampleModels.addition());
        ByteBuffer bytes = ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN);
        try (TfliteInterpreter interpreter = TfliteInterpreter.open(file)) {
            for (TensorData wrong : List.of(
                    new TensorData(TensorType.INT32, List.of(1, 3), bytes),
                    new TensorData(TensorType.FLOAT32, List.of(3, 1), bytes))) {
                assertThatExceptionOfType(SlipwayException.class)
                        .isThrownBy(() -> interpreter.evaluate(Map.of("left", wrong)))
                        .matches(e -> e.code().equals("tflite.input"));
            }
        }
        assertThatExceptionOfType(SlipwayException.class)
                .isThrownBy(() -> new TensorData(TensorType.FLOAT32, List.of(4), bytes))
                .matches(e -> e.code().equals("tflite.data"));
    }

    @Test
    void valuesFromWithinAndTimesOfOperatorsCanBeHad() {
        TfliteModel model = SampleModels.addition();
        assertThat(evaluate(
                                model.withOutputs(Map.of("seen", 2)),
                                Map.of("left", TensorData.ofFloats(List.of(1, 3), 1, 1, 1)))
                        .get("seen")
                        .floats())
                .containsExactly(2, 3, 4);
        List<OperatorTime> times = new OperatorProfiler(model, InterpreterSettings.standard())
                .measure(Map.of("left", TensorData.ofFloats(List.of(2, 3), 1, 2, 3, 4, 5, 6)), 3);
        assertThat(times).hasSize(1);
        assertThat(times.get(0).operator()).isEqualTo(BuiltinOperator.ADD);
        assertThat(times.get(0).outputName()).isEqualTo("y");
        assertThat(times.get(0).duration()).isPositive();
    }

    @Test
    void memoryAndTimeOfARunCanBeHad() {
        try (TfliteInterpreter interpreter = TfliteInterpreter.open(TfliteWriter.write(SampleModels.addition()))) {
            assertThat(interpreter.lastRun()).isEqualTo(Duration.ZERO);
            interpreter.evaluate(Map.of("left", TensorData.ofFloats(List.of(100, 3), new float[300])));
            assertThat(interpreter.memory().total()).isGreaterThanOrEqualTo(2 * 300 * Float.BYTES);
            assertThat(interpreter.lastRun()).isPositive();
        }
    }

    private static Map<String, TensorData> evaluate(TfliteModel model, Map<String, TensorData> inputs) {
        try (TfliteInterpreter interpreter = TfliteInterpreter.open(TfliteWriter.write(model))) {
            return interpreter.evaluate(inputs);
        }
    }
}
