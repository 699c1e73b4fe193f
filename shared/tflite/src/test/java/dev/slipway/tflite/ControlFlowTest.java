package dev.slipway.tflite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.slipway.kernel.SlipwayException;
import dev.slipway.tflite.run.InterpreterSettings;
import dev.slipway.tflite.run.TfliteInterpreter;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ControlFlowTest {
    private static final OperatorOptions PLAIN = new OperatorOptions.Arithmetic(Activation.NONE);

    /** (condition, x) gives x + 10 if the condition holds, else x × 2. */
    private static TfliteModel branches(int then, int otherwise) {
        TfliteSubgraph main = new TfliteSubgraph(
                "main",
                List.of(
                        TfliteTensor.computed("condition", TensorType.BOOL, List.of()),
                        TfliteTensor.computed("x", TensorType.FLOAT32, List.of(2)),
                        TfliteTensor.computed("y", TensorType.FLOAT32, List.of(2))),
                List.of(new TfliteOperator(
                        BuiltinOperator.IF, 1, List.of(0, 1), List.of(2), new OperatorOptions.If(then, otherwise))),
                List.of(0, 1),
                List.of(2));
        return new TfliteModel(
                "", List.of(main, body(BuiltinOperator.ADD, 10), body(BuiltinOperator.MUL, 2)), List.of(), Map.of());
    }

    private static TfliteSubgraph body(BuiltinOperator operator, float operand) {
        return new TfliteSubgraph(
                operator.name(),
                List.of(
                        TfliteTensor.computed("a", TensorType.FLOAT32, List.of(2)),
                        TfliteTensor.constant("b", TensorType.FLOAT32, List.of(), SampleModels.floats(operand)),
                        TfliteTensor.computed("c", TensorType.FLOAT32, List.of(2))),
                List.of(new TfliteOperator(operator, 1, List.of(0, 1), List.of(2), PLAIN)),
                List.of(0),
                List.of(2));
    }

    /** (x) doubled until it is 100 or more. */
    private static TfliteModel loop() {
        TfliteSubgraph main = new TfliteSubgraph(
                "main",
                List.of(
                        TfliteTensor.computed("x", TensorType.FLOAT32, List.of()),
                        TfliteTensor.computed("y", TensorType.FLOAT32, List.of())),
                List.of(new TfliteOperator(
                        BuiltinOperator.WHILE, 1, List.of(0), List.of(1), new OperatorOptions.While(1, 2))),
                List.of(0),
                List.of(1));
        TfliteSubgraph condition = new TfliteSubgraph(
                "condition",
                List.of(
                        TfliteTensor.computed("a", TensorType.FLOAT32, List.of()),
                        TfliteTensor.constant("limit", TensorType.FLOAT32, List.of(), SampleModels.floats(100)),
                        TfliteTensor.computed("goes on", TensorType.BOOL, List.of())),
                List.of(new TfliteOperator(
                        BuiltinOperator.LESS, 1, List.of(0, 1), List.of(2), new OperatorOptions.None())),
                List.of(0),
                List.of(2));
        TfliteSubgraph body = new TfliteSubgraph(
                "body",
                List.of(
                        TfliteTensor.computed("a", TensorType.FLOAT32, List.of()),
                        TfliteTensor.computed("b", TensorType.FLOAT32, List.of())),
                List.of(new TfliteOperator(BuiltinOperator.ADD, 1, List.of(0, 0), List.of(1), PLAIN)),
                List.of(0),
                List.of(1));
        return new TfliteModel("", List.of(main, condition, body), List.of(), Map.of());
    }

    @Test
    void branchesRun() {
        byte[] file = TfliteWriter.write(branches(1, 2));
        assertThat(TfliteReader.read(file)).isEqualTo(branches(1, 2));
        for (InterpreterSettings settings : List.of(InterpreterSettings.standard(), InterpreterSettings.plain())) {
            try (TfliteInterpreter interpreter = TfliteInterpreter.open(file, settings)) {
                assertThat(branch(interpreter, 1)).containsExactly(13, 14);
                assertThat(branch(interpreter, 0)).containsExactly(6, 8);
            }
        }
    }

    private static float[] branch(TfliteInterpreter interpreter, int condition) {
        TensorData chosen = new TensorData(TensorType.BOOL, List.of(), SampleModels.bytes(condition));
        return interpreter
                .evaluate(Map.of("condition", chosen, "x", TensorData.ofFloats(List.of(2), 3, 4)))
                .get("y")
                .floats();
    }

    @Test
    void loopsRun() {
        byte[] file = TfliteWriter.write(loop());
        assertThat(TfliteReader.read(file)).isEqualTo(loop());
        try (TfliteInterpreter interpreter = TfliteInterpreter.open(file)) {
            for (int run = 0; run < 2; run++) {
                assertThat(interpreter
                                .evaluate(Map.of("x", TensorData.ofFloats(List.of(), 7)))
                                .get("y")
                                .floats())
                        .containsExactly(112);
            }
        }
    }

    @Test
    void controlFlowThatLeadsNowhereOrBackToItselfIsMalformed() {
        assertMalformed(() -> branches(1, 3));
        assertMalformed(() -> branches(1, -1));
        assertMalformed(() -> branches(0, 1));
        TfliteSubgraph endless = new TfliteSubgraph(
                "endless",
                List.of(
                        TfliteTensor.computed("condition", TensorType.BOOL, List.of()),
                        TfliteTensor.computed("y", TensorType.BOOL, List.of())),
                List.of(new TfliteOperator(
                        BuiltinOperator.WHILE, 1, List.of(0), List.of(1), new OperatorOptions.While(1, 1))),
                List.of(0),
                List.of(1));
        assertMalformed(() -> new TfliteModel("", List.of(endless, endless), List.of(), Map.of()));
    }

    @Test
    void branchesOfOtherNumbersOfValuesAreMalformed() {
        TfliteSubgraph main = branches(1, 2).entry();
        TfliteSubgraph wrong = new TfliteSubgraph(
                "wrong", branches(1, 2).subgraphs().get(1).tensors(), List.of(), List.of(0), List.of());
        assertMalformed(() -> new TfliteModel("", List.of(main, wrong, wrong), List.of(), Map.of()));
    }

    private static void assertMalformed(Runnable making) {
        assertThatExceptionOfType(SlipwayException.class)
                .isThrownBy(making::run)
                .matches(e -> e.code().equals("tflite.malformed"));
    }
}
