package dev.slipway.edge;

import static dev.slipway.edge.TestModels.weights;
import static dev.slipway.onnx.OnnxGraphBuilder.batch;
import static dev.slipway.onnx.OnnxGraphBuilder.fixed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.slipway.kernel.SlipwayException;
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

/** What fuzzing has found: models that are refused with a reason, and odd ones that are converted rightly. */
class HostileModelTest {
    record Refused(String name, OnnxModel model, String code, List<String> said) {
        @Override
        public String toString() {
            return name;
        }
    }

    record Right(String name, OnnxModel model, Map<String, OnnxTensor> sample) {
        @Override
        public String toString() {
            return name;
        }
    }

    @Test
    void attentionWithABiasOfFeaturesOfAnOpenLengthIsRefused() {
        OnnxModel model = OnnxGraphBuilder.named("attention")
                .input("x", List.of(Dimension.symbolic("N"), Dimension.fixed(4), Dimension.symbolic("H")))
                .initializer(OnnxTensor.float32("bias", List.of(24), new float[24]))
                .node(new OnnxNode(
                        "",
                        "com.microsoft",
                        "MultiHeadAttention",
                        List.of("x", "x", "x", "bias"),
                        List.of("y"),
                        Map.of("num_heads", AttributeValue.integer(2))))
                .output("y")
                .build()
                .withOpset("com.microsoft", 1);
        ConversionOptions sampled = ConversionOptions.to(Target.TFLITE)
                .withSamples(List.of(Map.of("x", OnnxTensor.float32("x", List.of(2, 4, 8), new float[64]))));

        SlipwayException refusal =
                catchThrowableOfType(SlipwayException.class, () -> new Converter().convert(model, sampled));

        assertThat(refusal.code()).isEqualTo("edge.unsupported-operator");
        assertThat(refusal)
                .hasMessageContaining("com.microsoft.MultiHeadAttention")
                .hasMessageContaining("open");
    }

    static Stream<Refused> refused() {
        return Stream.of(
                new Refused(
                        "a factor of a product that is none",
                        plain().node("Div", List.of("x"), "d")
                                .node("Mul", List.of("d", "x"), "y")
                                .output("y")
                                .build(),
                        "onnx.unusable",
                        List.of("Div_d", "Div:")),
                new Refused("Size of nothing", one("Size", List.of(), Map.of()), "onnx.unusable", List.of("Size_y")),
                new Refused(
                        "a condition that is missing",
                        branching(List.of(), List.of("y")),
                        "onnx.malformed",
                        List.of("'if' (If)", "condition")),
                new Refused(
                        "more outputs than a branch has",
                        branching(List.of("c"), List.of("y", "z")),
                        "onnx.malformed",
                        List.of("'if' (If)", "2 outputs")),
                new Refused(
                        "a cast to a type that there is not",
                        one("Cast", List.of("x"), Map.of("to", AttributeValue.integer(Long.MAX_VALUE))),
                        "onnx.element-type",
                        List.of("9223372036854775807")),
                new Refused(
                        "a bias of too few axes in a branch that is not run",
                        recurrentBranch(),
                        "edge.unsupported-operator",
                        List.of("node 'layer' (GRU, opset 17)", "edge.unforeseen")),
                new Refused(
                        "an unknown domain",
                        OnnxGraphBuilder.named("other")
                                .input("x", batch("N", 4))
                                .node(new OnnxNode("mine", "org.acme", "Whirl", List.of("x"), List.of("y"), Map.of()))
                                .output("y")
                                .build(),
                        "onnx.unusable",
                        List.of("node 'mine' (org.acme.Whirl, opset 0)")));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void isRefusedWithAReason(Refused example) {
        SlipwayException refusal = catchThrowableOfType(SlipwayException.class, () -> convert(example.model()));
        assertThat(refusal.code()).isEqualTo(example.code());
        assertThat(refusal.getMessage()).contains(example.said());
    }

    static Stream<Right> right() {
        OnnxModel unsorted = one("Unique", List.of("x"), Map.of("sorted", AttributeValue.integer(-2)));
        return Stream.of(
                new Right("lengths that a branch gives out", lengthsOfBranch(), Map.of()),
                new Right("a constant that a branch gives out", constantOfBranch(), Map.of()),
                new Right(
                        "the best none", best(), Map.of("x", floats(2, 4), "k", OnnxTensor.int64("k", List.of(1), 0))),
                new Right("the best two", best(), Map.of("x", floats(2, 4), "k", OnnxTensor.int64("k", List.of(1), 2))),
                new Right("sorted by neither 0 nor 1", unsorted, Map.of("x", floats(2, 4))),
                new Right("weights that are no numbers", notNumbers(), Map.of()),
                new Right(
                        "a scale for each axis",
                        scaled(4),
                        Map.of("x", floats(1, 2, 4, 4), "s", OnnxTensor.float32("s", List.of(4), 1, 1, 2, 2))));
    }

    @ParameterizedTest
    @MethodSource("right")
    void givesWhatOnnxRuntimeGives(Right example) {
        ConversionOptions options = ConversionOptions.to(Target.TFLITE);
        List<Map<String, OnnxTensor>> samples = example.sample().isEmpty() ? List.of() : List.of(example.sample());
        ConversionResult result = new Converter().convert(example.model(), options.withSamples(samples));
        assertThat(result.parity().passed()).isTrue();
    }

    @Test
    void moreScalesThanAxesAreAnError() {
        Map<String, OnnxTensor> sample =
                Map.of("x", floats(1, 2, 4, 4), "s", OnnxTensor.float32("s", List.of(4000), new float[4000]));
        ConversionOptions options = ConversionOptions.to(Target.TFLITE).withSamples(List.of(sample));
        SlipwayException refusal =
                catchThrowableOfType(SlipwayException.class, () -> new Converter().convert(scaled(4000), options));
        assertThat(refusal.getMessage()).contains("s_counted");
    }

    private static ConversionResult convert(OnnxModel model) {
        return new Converter().convert(model, ConversionOptions.to(Target.TFLITE));
    }

    private static OnnxGraphBuilder plain() {
        return OnnxGraphBuilder.named("plain").input("x", batch("N", 4));
    }

    private static OnnxModel one(String operator, List<String> inputs, Map<String, AttributeValue> attributes) {
        return plain().node(operator, inputs, "y", attributes).output("y").build();
    }

    private static OnnxTensor floats(Integer... shape) {
        return weights("x", 1, shape);
    }

    /** The model with its last input of another type. */
    private static OnnxModel withLast(OnnxModel model, OnnxValue input) {
        List<OnnxValue> inputs = new ArrayList<>(model.graph().inputs());
        inputs.set(inputs.size() - 1, input);
        return model.withGraph(model.graph().withInputs(inputs));
    }

    private static AttributeValue branch(List<OnnxTensor> constants, OnnxNode node) {
        return new AttributeValue.GraphValue(new OnnxGraph(
                "branch",
                List.of(node),
                constants,
                List.of(),
                node.outputs().stream().limit(1).map(OnnxValue::undeclared).toList(),
                List.of()));
    }

    private static OnnxModel branching(List<String> inputs, List<String> outputs) {
        AttributeValue branch = branch(List.of(), new OnnxNode("", "", "Neg", List.of("x"), List.of("b"), Map.of()));
        return plain().initializer(new OnnxTensor("c", ElementType.BOOL, List.of(), ByteBuffer.wrap(new byte[] {1})))
                .node(new OnnxNode(
                        "if", "", "If", inputs, outputs, Map.of("then_branch", branch, "else_branch", branch)))
                .output("y")
                .build();
    }

    private static OnnxModel lengthsOfBranch() {
        return branching(branch(List.of(), new OnnxNode("", "", "Shape", List.of("x"), List.of("s"), Map.of())));
    }

    private static OnnxModel constantOfBranch() {
        OnnxNode cast =
                new OnnxNode("", "", "Cast", List.of("w"), List.of("i"), Map.of("to", AttributeValue.integer(6)));
        return branching(branch(List.of(weights("w", 1, 3, 4)), cast));
    }

    /** The same whether a condition holds or not. */
    private static OnnxModel branching(AttributeValue branch) {
        return withLast(
                plain().input("c", fixed())
                        .node("If", List.of("c"), "y", Map.of("then_branch", branch, "else_branch", branch))
                        .output("y")
                        .build(),
                OnnxValue.dense("c", ElementType.BOOL));
    }

    /** A layer whose bias has one axis too few, where a run with the condition as it is does not reach it. */
    private static OnnxModel recurrentBranch() {
        OnnxNode layer = new OnnxNode(
                "layer",
                "",
                "GRU",
                List.of("x", "w", "r", "b"),
                List.of("s"),
                Map.of("hidden_size", AttributeValue.integer(4)));
        OnnxNode other = new OnnxNode("", "", "Unsqueeze", List.of("x", "axis"), List.of("u"), Map.of());
        return withLast(
                OnnxGraphBuilder.named("recurrent")
                        .input("x", fixed(5, 1, 3))
                        .input("c", fixed())
                        .integers("axis", 1)
                        .initializer(weights("w", 1, 1, 12, 3))
                        .initializer(weights("r", 2, 1, 12, 4))
                        .initializer(weights("b", 3, 24))
                        .node(
                                "If",
                                List.of("c"),
                                "y",
                                Map.of(
                                        "then_branch",
                                        branch(List.of(), layer),
                                        "else_branch",
                                        branch(List.of(), other)))
                        .output("y")
                        .build(),
                OnnxValue.dense("c", ElementType.BOOL));
    }

    private static OnnxModel best() {
        return withLast(
                plain().input("k", fixed(1))
                        .node(new OnnxNode("top", "", "TopK", List.of("x", "k"), List.of("y", "i"), Map.of()))
                        .output("y")
                        .output("i")
                        .build(),
                OnnxValue.dense("k", ElementType.INT64, Dimension.fixed(1)));
    }

    private static OnnxModel scaled(int scales) {
        return withLast(
                OnnxGraphBuilder.named("scaled")
                        .input("x", fixed(1, 2, 4, 4))
                        .input("s", fixed(1))
                        .node("Resize", List.of("x", "", "s"), "y")
                        .output("y")
                        .build(),
                OnnxValue.dense("s", ElementType.FLOAT32, Dimension.fixed(scales)));
    }

    private static OnnxModel notNumbers() {
        OnnxTensor weights =
                OnnxTensor.float32("w", List.of(4), Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, 1);
        return plain().initializer(weights)
                .node("Mul", List.of("x", "w"), "y")
                .output("y")
                .build();
    }
}
