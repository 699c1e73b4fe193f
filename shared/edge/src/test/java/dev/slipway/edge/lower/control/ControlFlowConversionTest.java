package dev.slipway.edge.lower.control;

import static dev.slipway.onnx.AttributeValue.integer;
import static dev.slipway.onnx.AttributeValue.integers;
import static dev.slipway.onnx.OnnxGraphBuilder.batch;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.edge.ConversionOptions;
import dev.slipway.edge.ConversionResult;
import dev.slipway.edge.Converter;
import dev.slipway.edge.Target;
import dev.slipway.edge.lower.OperatorEntry;
import dev.slipway.onnx.AttributeValue;
import dev.slipway.onnx.Dimension;
import dev.slipway.onnx.ElementType;
import dev.slipway.onnx.OnnxGraph;
import dev.slipway.onnx.OnnxGraphBuilder;
import dev.slipway.onnx.OnnxModel;
import dev.slipway.onnx.OnnxNode;
import dev.slipway.onnx.OnnxTensor;
import dev.slipway.onnx.OnnxValue;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** If, Loop and Scan: what they become, and that it gives what ONNX Runtime gives. */
class ControlFlowConversionTest {

    /** A model, and a TFLite operator that it must (or, behind a !, must not) become. */
    record Case(String name, String becomes, OnnxModel model) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Case> cases() {
        List<Case> cases = new ArrayList<>();
        for (int positive = 0; positive < 2; positive++) {
            cases.add(new Case("If of constant " + positive, "!IF", constantIf(positive)));
        }
        cases.add(new Case("If of data", "IF", ifOf("Greater")));
        cases.add(new Case("If of data, the other way", "IF", ifOf("Less")));
        for (int steps : List.of(1, 5, 16, 17, 40)) {
            String becomes = steps <= 16 ? "!WHILE" : "WHILE";
            cases.add(new Case("Loop of " + steps, becomes, loop(steps)));
            cases.add(new Case("Scan of " + steps, becomes, scan(Dimension.fixed(steps), 0, false)));
            cases.add(new Case("Scan of " + steps + " backwards", becomes, scan(Dimension.fixed(steps), 1, true)));
        }
        cases.add(new Case("Scan of an open length", "WHILE", scan(Dimension.symbolic("T"), 0, false)));
        cases.add(new Case("Scan of an open length, backwards", "WHILE", scan(Dimension.symbolic("T"), 1, true)));
        cases.add(new Case("Loop until a value is reached", "WHILE", loopUntil()));
        cases.add(new Case("Loop that collects as often as the data say", "WHILE", loopUntilCollecting()));
        cases.add(new Case("Loop whose state grows", "!WHILE", growing(6)));
        cases.add(new Case("Loop whose state grows in WHILE", "WHILE", growing(20)));
        cases.add(new Case("If in a Loop in an If", "IF", nested()));
        return cases.stream();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void givesWhatOnnxRuntimeGives(Case example) {
        ConversionResult result = new Converter().convert(example.model(), ConversionOptions.to(Target.TFLITE));
        assertThat(result.parity().passed()).isTrue();
        assertThat(result.parity().outputs()).allMatch(output -> output.elements() > 0);
        String operator = example.becomes().replace("!", "");
        assertThat(result.operators().containsKey(operator))
                .isEqualTo(!example.becomes().startsWith("!"));
    }

    @Test
    void everyOperatorOfTheFamilyIsInACase() {
        List<String> covered = new ArrayList<>(List.of("LSTM", "GRU", "RNN"));
        cases().forEach(example -> example.model().graph().nodes().forEach(node -> covered.add(node.operator())));
        assertThat(covered)
                .containsAll(new ControlOperators()
                        .entries().stream().map(OperatorEntry::operator).toList());
    }

    private static OnnxModel constantIf(int positive) {
        return builder()
                .initializer(
                        new OnnxTensor("c", ElementType.BOOL, List.of(), ByteBuffer.wrap(new byte[] {(byte) positive})))
                .node("If", List.of("c"), "y", branches())
                .output("y")
                .build();
    }

    private static OnnxModel ifOf(String comparison) {
        return builder()
                .initializer(OnnxTensor.float32("zero", List.of(), 0))
                .node("ReduceSum", List.of("x"), "sum", Map.of("keepdims", integer(0)))
                .node(comparison, List.of("sum", "zero"), "c")
                .node("If", List.of("c"), "y", branches())
                .output("y")
                .build();
    }

    private static Map<String, AttributeValue> branches() {
        OnnxGraph then = body(
                List.of(), List.of(node("Add", List.of("x", "w"), "then"), node("Relu", List.of("then"), "t")), "t");
        OnnxGraph otherwise = body(List.of(), List.of(node("Neg", List.of("x"), "e")), "e");
        return Map.of(
                "then_branch", new AttributeValue.GraphValue(then),
                "else_branch", new AttributeValue.GraphValue(otherwise));
    }

    /** h = tanh(h + x · w), collected, for a constant number of steps. */
    private static OnnxModel loop(int steps) {
        OnnxGraph body = body(
                List.of("i:INT64", "c:BOOL", "h"),
                List.of(
                        node("Identity", List.of("c"), "c2"),
                        node("Cast", List.of("i"), "step", Map.of("to", integer(1))),
                        node("MatMul", List.of("x", "m"), "xm"),
                        node("Add", List.of("h", "xm"), "sum"),
                        node("Mul", List.of("sum", "step"), "scaled"),
                        node("Tanh", List.of("scaled"), "h2"),
                        node("Identity", List.of("h2"), "part")),
                "c2",
                "h2",
                "part");
        return builder()
                .initializer(OnnxTensor.int64("n", List.of(), steps))
                .node("Exp", List.of("x"), "h0")
                .node(new OnnxNode(
                        "loop",
                        "",
                        "Loop",
                        List.of("n", "", "h0"),
                        List.of("last", "all"),
                        Map.of("body", new AttributeValue.GraphValue(body))))
                .output("last")
                .output("all")
                .build();
    }

    private static OnnxModel scan(Dimension steps, int axis, boolean backwards) {
        OnnxGraph body = body(
                List.of("h", "e"),
                List.of(
                        node("Add", List.of("h", "e"), "sum"),
                        node("Mul", List.of("sum", "w"), "h2"),
                        node("Identity", List.of("h2"), "part")),
                "h2",
                "part");
        List<Dimension> shape = axis == 0 ? List.of(steps, Dimension.fixed(4)) : List.of(Dimension.fixed(4), steps);
        return OnnxGraphBuilder.named("scan")
                .input("x", shape)
                .input("h0", OnnxGraphBuilder.fixed(4))
                .initializer(OnnxTensor.float32("w", List.of(4), 0.5f, -0.25f, 0.75f, 0.1f))
                .node(new OnnxNode(
                        "scan",
                        "",
                        "Scan",
                        List.of("h0", "x"),
                        List.of("last", "all"),
                        Map.of(
                                "body",
                                new AttributeValue.GraphValue(body),
                                "num_scan_inputs",
                                integer(1),
                                "scan_input_axes",
                                integers(axis),
                                "scan_output_axes",
                                integers(axis),
                                "scan_input_directions",
                                integers(backwards ? 1 : 0),
                                "scan_output_directions",
                                integers(backwards ? 1 : 0))))
                .output("last")
                .output("all")
                .build();
    }

    private static List<OnnxNode> untilNodes() {
        return List.of(
                node("Add", List.of("h", "one"), "h2"),
                node("Less", List.of("h2", "limit"), "c2"),
                node("Identity", List.of("h2"), "part"));
    }

    private static OnnxModel loopUntil() {
        return until(body(List.of("i:INT64", "c:BOOL", "h"), untilNodes(), "c2", "h2"), List.of("last"));
    }

    private static OnnxModel loopUntilCollecting() {
        return until(body(List.of("i:INT64", "c:BOOL", "h"), untilNodes(), "c2", "h2", "part"), List.of("last", "all"));
    }

    private static OnnxModel until(OnnxGraph body, List<String> outputs) {
        OnnxGraphBuilder builder = OnnxGraphBuilder.named("until")
                .input("h0", List.of())
                .initializer(OnnxTensor.float32("one", List.of(), 1))
                .initializer(OnnxTensor.float32("limit", List.of(), 7.5f))
                .node(new OnnxNode(
                        "loop",
                        "",
                        "Loop",
                        List.of("", "", "h0"),
                        outputs,
                        Map.of("body", new AttributeValue.GraphValue(body))));
        outputs.forEach(builder::output);
        return builder.build();
    }

    private static OnnxModel growing(int steps) {
        OnnxGraph body = body(
                List.of("i:INT64", "c:BOOL", "h"),
                List.of(
                        node("Identity", List.of("c"), "c2"),
                        node("Concat", List.of("h", "x"), "h2", Map.of("axis", integer(0)))),
                "c2",
                "h2");
        return OnnxGraphBuilder.named("growing")
                .input("x", batch("N", 4))
                .initializer(OnnxTensor.int64("n", List.of(), steps))
                .node("Neg", List.of("x"), "h0")
                .node(new OnnxNode(
                        "loop",
                        "",
                        "Loop",
                        List.of("n", "", "h0"),
                        List.of("y"),
                        Map.of("body", new AttributeValue.GraphValue(body))))
                .output("y")
                .build();
    }

    private static OnnxModel nested() {
        OnnxGraph inner = body(
                List.of("i:INT64", "c:BOOL", "h"),
                List.of(
                        node("Identity", List.of("c"), "c2"),
                        node("Mul", List.of("h", "w"), "scaled"),
                        node("ReduceSum", List.of("scaled"), "isum", Map.of("keepdims", integer(0))),
                        node("Less", List.of("isum", "zero"), "negative"),
                        node("If", List.of("negative"), "h2", innerBranches())),
                "c2",
                "h2");
        OnnxGraph then = body(
                List.of(),
                List.of(new OnnxNode(
                        "inner",
                        "",
                        "Loop",
                        List.of("n", "", "x"),
                        List.of("t"),
                        Map.of("body", new AttributeValue.GraphValue(inner)))),
                "t");
        OnnxGraph otherwise = body(List.of(), List.of(node("Neg", List.of("x"), "e")), "e");
        return builder()
                .initializer(OnnxTensor.float32("zero", List.of(), 0))
                .initializer(OnnxTensor.int64("n", List.of(), 20))
                .node("ReduceSum", List.of("x"), "sum", Map.of("keepdims", integer(0)))
                .node("Greater", List.of("sum", "zero"), "c0")
                .node(
                        "If",
                        List.of("c0"),
                        "y",
                        Map.of(
                                "then_branch", new AttributeValue.GraphValue(then),
                                "else_branch", new AttributeValue.GraphValue(otherwise)))
                .output("y")
                .build();
    }

    private static Map<String, AttributeValue> innerBranches() {
        OnnxGraph then = body(List.of(), List.of(node("Sub", List.of("scaled", "x"), "it")), "it");
        OnnxGraph otherwise = body(List.of(), List.of(node("Add", List.of("scaled", "x"), "ie")), "ie");
        return Map.of(
                "then_branch", new AttributeValue.GraphValue(then),
                "else_branch", new AttributeValue.GraphValue(otherwise));
    }

    private static OnnxGraphBuilder builder() {
        return OnnxGraphBuilder.named("control")
                .input("x", batch("N", 4))
                .initializer(OnnxTensor.float32("w", List.of(4), 0.5f, -0.25f, 0.75f, 0.1f))
                .initializer(OnnxTensor.float32(
                        "m",
                        List.of(4, 4),
                        0.1f,
                        0.2f,
                        0.3f,
                        0.4f,
                        -0.1f,
                        -0.2f,
                        -0.3f,
                        -0.4f,
                        0.5f,
                        0f,
                        0f,
                        0f,
                        0f,
                        0.5f,
                        0f,
                        0f));
    }

    private static OnnxNode node(String operator, List<String> from, String to) {
        return node(operator, from, to, Map.of());
    }

    private static OnnxNode node(
            String operator, List<String> from, String to, Map<String, AttributeValue> attributes) {
        return new OnnxNode(operator + "_" + to, "", operator, from, List.of(to), attributes);
    }

    /** Inputs are of undeclared types unless a scalar's type stands behind a colon. */
    private static OnnxGraph body(List<String> inputs, List<OnnxNode> nodes, String... outputs) {
        List<OnnxValue> declared = inputs.stream()
                .map(input -> input.split(":"))
                .map(parts -> parts.length == 1
                        ? OnnxValue.undeclared(parts[0])
                        : OnnxValue.dense(parts[0], ElementType.valueOf(parts[1])))
                .toList();
        return new OnnxGraph(
                "body",
                nodes,
                List.of(),
                declared,
                Stream.of(outputs).map(OnnxValue::undeclared).toList(),
                List.of());
    }
}
