package dev.slipway.edge.fuse;

import static dev.slipway.onnx.OnnxGraphBuilder.batch;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.slipway.onnx.AttributeValue;
import dev.slipway.onnx.OnnxGraphBuilder;
import dev.slipway.onnx.OnnxModel;
import dev.slipway.onnx.OnnxNode;
import dev.slipway.onnx.OnnxTensor;
import dev.slipway.onnx.OnnxWriter;
import dev.slipway.onnx.run.OnnxSession;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FuserTest {
    record Case(String name, String fused, OnnxGraphBuilder graph) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Case> patterns() {
        return Stream.of(
                new Case(
                        "GELU as PyTorch writes it",
                        "Gelu",
                        erf().node("Mul", List.of("x", "bell"), "product")
                                .node("Mul", List.of("product", "half"), "y")),
                new Case(
                        "GELU with the half first",
                        "Gelu",
                        erf().node("Mul", List.of("half", "x"), "halved").node("Mul", List.of("halved", "bell"), "y")),
                new Case(
                        "GELU with the half at the bell",
                        "Gelu",
                        erf().node("Mul", List.of("bell", "half"), "halved").node("Mul", List.of("x", "halved"), "y")),
                new Case("GELU by tanh", "FastGelu", tanh()),
                new Case("layer normalisation", "LayerNormalization", layerNormalization("Pow")),
                new Case("layer normalisation by a product", "LayerNormalization", layerNormalization("Mul")));
    }

    @ParameterizedTest
    @MethodSource("patterns")
    void onePatternIsOneOperator(Case pattern) {
        OnnxModel model = pattern.graph().output("y").build();
        OnnxModel fused = new Fuser().fuse(model);
        OnnxNode last = fused.graph().nodes().get(fused.graph().nodes().size() - 1);
        assertThat(last.operator()).isEqualTo(pattern.fused());
        assertThat(run(fused)).containsExactly(run(model), within(2e-3f));
    }

    @Test
    void whatOnlyLooksLikeIsLeft() {
        OnnxModel model = erf().initializer(number("third", 0.3f))
                .node("Mul", List.of("x", "bell"), "product")
                .node("Mul", List.of("product", "third"), "y")
                .output("y")
                .build();
        assertThat(new Fuser().fuse(model)).isSameAs(model);
    }

    /** Products and sums of few values in random order are right with and without patterns being recognised. */
    @Property(tries = 200)
    void randomGraphsComputeTheSame(@ForAll("choices") List<Integer> choices) {
        OnnxGraphBuilder graph = erf();
        String last = "x";
        List<String> operands = List.of("x", "bell", "half", "root", "one", "scaled");
        for (int i = 0; i < choices.size(); i++) {
            String operator = choices.get(i) % 3 == 0 ? "Add" : "Mul";
            String operand = operands.get(choices.get(i) % operands.size());
            graph.node(operator, List.of(last, operand), "v" + i);
            last = "v" + i;
        }
        OnnxModel model = graph.output(last).build();
        assertThat(run(new Fuser().fuse(model))).containsExactly(run(model), within(1e-3f));
    }

    @Provide
    Arbitrary<List<Integer>> choices() {
        return Arbitraries.integers().between(0, 17).list().ofMinSize(1).ofMaxSize(5);
    }

    private static OnnxGraphBuilder erf() {
        return start().node("Div", List.of("x", "root"), "scaled")
                .node("Erf", List.of("scaled"), "erf")
                .node("Add", List.of("erf", "one"), "bell");
    }

    private static OnnxGraphBuilder tanh() {
        return start().initializer(number("three", 3))
                .initializer(number("cubic", 0.044715f))
                .initializer(number("slope", (float) Math.sqrt(2 / Math.PI)))
                .node("Pow", List.of("x", "three"), "cube")
                .node("Mul", List.of("cube", "cubic"), "small")
                .node("Add", List.of("x", "small"), "sum")
                .node("Mul", List.of("sum", "slope"), "scaled")
                .node("Tanh", List.of("scaled"), "tanh")
                .node("Add", List.of("one", "tanh"), "bell")
                .node("Mul", List.of("x", "half"), "halved")
                .node("Mul", List.of("halved", "bell"), "y");
    }

    private static OnnxGraphBuilder layerNormalization(String square) {
        Map<String, AttributeValue> lastAxis = Map.of("axes", AttributeValue.integers(-1));
        return start().initializer(OnnxTensor.float32("scale", List.of(8), 1, 2, 3, 4, 5, 6, 7, 8))
                .initializer(number("two", 2))
                .initializer(number("epsilon", 1e-5f))
                .node("ReduceMean", List.of("x"), "mean", lastAxis)
                .node("Sub", List.of("x", "mean"), "centred")
                .node(square, List.of("centred", square.equals("Pow") ? "two" : "centred"), "square")
                .node("ReduceMean", List.of("square"), "variance", lastAxis)
                .node("Add", List.of("variance", "epsilon"), "sum")
                .node("Sqrt", List.of("sum"), "deviation")
                .node("Div", List.of("centred", "deviation"), "normalised")
                .node("Mul", List.of("normalised", "scale"), "y");
    }

    private static OnnxGraphBuilder start() {
        return OnnxGraphBuilder.named("pattern")
                .opset(13)
                .input("x", batch("N", 4, 8))
                .initializer(number("half", 0.5f))
                .initializer(number("one", 1))
                .initializer(number("root", (float) Math.sqrt(2)));
    }

    private static OnnxTensor number(String name, float value) {
        return OnnxTensor.float32(name, List.of(), value);
    }

    private static float[] run(OnnxModel model) {
        Random random = new Random(5);
        float[] values = new float[64];
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextFloat() * 4 - 2;
        }
        try (OnnxSession session = OnnxSession.open(OnnxWriter.write(model))) {
            return session.evaluate(Map.of("x", OnnxTensor.float32("x", List.of(2, 4, 8), values)))
                    .values()
                    .iterator()
                    .next()
                    .floats();
        }
    }
}
