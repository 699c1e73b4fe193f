package dev.slipway.onnx.upgrade;

import static dev.slipway.onnx.OnnxGraphBuilder.fixed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.slipway.kernel.SlipwayException;
import dev.slipway.onnx.AttributeValue;
import dev.slipway.onnx.ElementType;
import dev.slipway.onnx.OnnxGraph;
import dev.slipway.onnx.OnnxGraphBuilder;
import dev.slipway.onnx.OnnxModel;
import dev.slipway.onnx.OnnxNode;
import dev.slipway.onnx.OnnxTensor;
import dev.slipway.onnx.OnnxValue;
import dev.slipway.onnx.ValueType;
import dev.slipway.onnx.run.OnnxSession;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the operators of versions 1 to 6 said with attributes comes out the same in version 7. */
class OpsetUpgradeTest {
    private static final float[] ONE_TO_SIX = {1, 2, 3, 4, 5, 6};

    @Test
    void aModelOfVersionSevenOrNewerIsLeftAlone() {
        for (long version : new long[] {7, 17, 25}) {
            OnnxModel model =
                    graph(version).node("Relu", List.of("x"), "y").output("y").build();
            assertThat(OpsetUpgrade.apply(model)).isSameAs(model);
        }
        OnnxModel foreign = graph(7).node("Relu", List.of("x"), "y").output("y").build();
        foreign = new OnnxModel(8, Map.of("ai.onnx.ml", 2L), "", "", "", foreign.graph(), Map.of());
        assertThat(OpsetUpgrade.apply(foreign)).isSameAs(foreign);
    }

    @Test
    void anAxisSaysWhereTheSecondInputMeetsTheFirst() {
        OnnxGraphBuilder graph = graph(6).initializer(OnnxTensor.float32("b", List.of(2), 10, 20))
                .node("Add", List.of("x", "b"), "y", attributes("broadcast", 1, "axis", 0));
        assertThat(run(graph)).containsExactly(11, 12, 13, 24, 25, 26);
    }

    @Test
    void withoutAnAxisTheLastAxesMeet() {
        OnnxGraphBuilder graph = graph(6).initializer(OnnxTensor.float32("b", List.of(3), 10, 20, 30))
                .node("Mul", List.of("x", "b"), "y", attributes("broadcast", 1));
        assertThat(run(graph)).containsExactly(10, 40, 90, 40, 100, 180);
        graph = graph(6).initializer(OnnxTensor.float32("b", List.of(3), 1, 1, 2))
                .node("Pow", List.of("x", "b"), "y", attributes("broadcast", 1, "axis", -1));
        assertThat(run(graph)).containsExactly(1, 2, 9, 4, 5, 36);
    }

    @Test
    void anAxisNeedsNoDeclaredShape() {
        // The rank of a sum over unknown axes is known only when the model runs.
        OnnxModel model = graph(5).initializer(OnnxTensor.float32("b", List.of(2), 10, 20))
                .node("Div", List.of("x", "b"), "y", attributes("broadcast", 1, "axis", 0))
                .output("y")
                .build();
        OnnxValue open = new OnnxValue("x", new ValueType.Dense(ElementType.FLOAT32, Optional.empty()));
        OnnxModel undeclared = model.withGraph(model.graph().withInputs(List.of(open)));
        assertThat(run(undeclared)).containsExactly(.1f, .2f, .3f, .2f, .25f, .3f);
    }

    @Test
    void aSlopePerChannelMeetsTheSecondAxis() {
        OnnxGraphBuilder graph = OnnxGraphBuilder.named("old")
                .opset(6)
                .input("x", fixed(1, 2, 3))
                .initializer(OnnxTensor.float32("slope", List.of(2), 2, 3))
                .node("Neg", List.of("x"), "n")
                .node("PRelu", List.of("n", "slope"), "y");
        assertThat(run(graph.output("y").build(), List.of(1, 2, 3))).containsExactly(-2, -4, -6, -12, -15, -18);
    }

    @Test
    void shapesTypesAndAxesBecomeWhatTheyAreToday() {
        assertThat(run(graph(1).node("Reshape", List.of("x"), "y", Map.of("shape", AttributeValue.integers(3, 2)))))
                .containsExactly(ONE_TO_SIX);
        OnnxGraphBuilder cast = graph(1).node("Cast", List.of("x"), "i", Map.of("to", AttributeValue.text("INT32")))
                .node("Cast", List.of("i"), "y", Map.of("to", AttributeValue.text("float")));
        assertThat(run(cast)).containsExactly(ONE_TO_SIX);
        assertThat(run(graph(1).node("Concat", List.of("x", "x"), "y")))
                .as("the axis was 1")
                .containsExactly(1, 2, 3, 1, 2, 3, 4, 5, 6, 4, 5, 6);
        assertThat(run(graph(1).node(
                                "Pad",
                                List.of("x"),
                                "y",
                                Map.of(
                                        "paddings",
                                        AttributeValue.integers(0, 1, 0, 0),
                                        "value",
                                        AttributeValue.number(9)))))
                .containsExactly(9, 1, 2, 3, 9, 4, 5, 6);
    }

    @Test
    void tileRepeatedOneAxis() {
        OnnxGraphBuilder graph = graph(1).initializer(OnnxTensor.float32("tiles", List.of(1), 2))
                .initializer(OnnxTensor.float32("axis", List.of(1), 1))
                .node("Tile", List.of("x", "tiles", "axis"), "y");
        assertThat(run(graph)).containsExactly(1, 2, 3, 1, 2, 3, 4, 5, 6, 4, 5, 6);
    }

    @Test
    void splitTookItsLengthsAsAnInput() {
        OnnxGraphBuilder graph = graph(1).integers("lengths", 1, 2)
                .node(new OnnxNode("", "", "Split", List.of("x", "lengths"), List.of("a", "y"), attributes("axis", 1)));
        assertThat(run(graph)).containsExactly(2, 3, 5, 6);
    }

    @Test
    void upsampleHadAScalePerAxis() {
        OnnxGraphBuilder graph = OnnxGraphBuilder.named("old")
                .opset(1)
                .input("x", fixed(1, 1, 2, 1))
                .node(
                        "Upsample",
                        List.of("x"),
                        "y",
                        Map.of(
                                "mode", AttributeValue.text("nearest"),
                                "height_scale", AttributeValue.number(1),
                                "width_scale", AttributeValue.number(3)));
        assertThat(run(graph.output("y").build(), List.of(1, 1, 2, 1), 1, 2)).containsExactly(1, 1, 1, 2, 2, 2);
    }

    @Test
    void inferenceModeNeedsNoWordAnyMore() {
        OnnxGraphBuilder graph = OnnxGraphBuilder.named("old")
                .opset(5)
                .input("x", fixed(1, 2, 3))
                .initializer(OnnxTensor.float32("scale", List.of(2), 1, 2))
                .initializer(OnnxTensor.float32("bias", List.of(2), 0, 1))
                .initializer(OnnxTensor.float32("mean", List.of(2), 0, 4))
                .initializer(OnnxTensor.float32("variance", List.of(2), 1, 1))
                .node(
                        "BatchNormalization",
                        List.of("x", "scale", "bias", "mean", "variance"),
                        "n",
                        Map.of(
                                "is_test", AttributeValue.integer(1),
                                "epsilon", AttributeValue.number(0),
                                "consumed_inputs", AttributeValue.integers(0, 0, 0, 1, 1)))
                .node("Dropout", List.of("n"), "y", attributes("is_test", 1));
        assertThat(run(graph.output("y").build(), List.of(1, 2, 3))).containsExactly(1, 2, 3, 1, 3, 5);
    }

    @Test
    void trainingModeIsRefused() {
        OnnxModel model = graph(6).node("Dropout", List.of("x"), "y", attributes("is_test", 0))
                .output("y")
                .build();
        assertThatExceptionOfType(SlipwayException.class)
                .isThrownBy(() -> OpsetUpgrade.apply(model))
                .withMessageContaining("Dropout_y")
                .matches(e -> e.code().equals("onnx.unsupported"));
    }

    @Test
    void gemmBroadcastsOfItsOwnAccord() {
        OnnxGraphBuilder graph = graph(6).initializer(OnnxTensor.float32("w", List.of(3, 1), 1, 1, 1))
                .initializer(OnnxTensor.float32("c", List.of(1), 100))
                .node("Gemm", List.of("x", "w", "c"), "y", attributes("broadcast", 1));
        assertThat(run(graph)).containsExactly(106, 115);
    }

    @Test
    void rulesHoldInBodiesToo() {
        OnnxGraph body = new OnnxGraph(
                "body",
                List.of(new OnnxNode(
                        "", "", "Sub", List.of("x", "b"), List.of("inner"), attributes("broadcast", 1, "axis", 0))),
                List.of(),
                List.of(),
                List.of(OnnxValue.undeclared("inner")),
                List.of());
        OnnxGraphBuilder graph = graph(6).initializer(OnnxTensor.float32("b", List.of(2), 1, 4))
                .initializer(new OnnxTensor(
                        "condition", ElementType.BOOL, List.of(), java.nio.ByteBuffer.wrap(new byte[] {1})))
                .node(
                        "If",
                        List.of("condition"),
                        "y",
                        Map.of(
                                "then_branch",
                                new AttributeValue.GraphValue(body),
                                "else_branch",
                                new AttributeValue.GraphValue(body)));
        assertThat(run(graph)).containsExactly(0, 1, 2, 0, 1, 2);
    }

    private static OnnxGraphBuilder graph(long opset) {
        return OnnxGraphBuilder.named("old").opset(opset).input("x", fixed(2, 3));
    }

    private static Map<String, AttributeValue> attributes(Object... namesAndNumbers) {
        Map<String, AttributeValue> attributes = new HashMap<>();
        List<Object> rest = new ArrayList<>(List.of(namesAndNumbers));
        while (!rest.isEmpty()) {
            attributes.put((String) rest.remove(0), AttributeValue.integer((Integer) rest.remove(0)));
        }
        return attributes;
    }

    private static float[] run(OnnxGraphBuilder graph) {
        return run(graph.output("y").build());
    }

    private static float[] run(OnnxModel model) {
        return run(model, List.of(2, 3));
    }

    private static float[] run(OnnxModel model, List<Integer> shape) {
        return run(model, shape, ONE_TO_SIX);
    }

    private static float[] run(OnnxModel model, List<Integer> shape, float... values) {
        try (OnnxSession session = OnnxSession.open(model)) {
            return session.evaluate(Map.of("x", OnnxTensor.float32("x", shape, values)))
                    .get("y")
                    .floats();
        }
    }
}
