package dev.slipway.onnx.upgrade;

import static dev.slipway.onnx.OnnxGraphBuilder.fixed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.onnx.AttributeValue;
import dev.slipway.onnx.ElementType;
import dev.slipway.onnx.OnnxGraphBuilder;
import dev.slipway.onnx.OnnxModel;
import dev.slipway.onnx.OnnxNode;
import dev.slipway.onnx.OnnxTensor;
import dev.slipway.onnx.run.OnnxSession;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What ONNX Runtime has no kernel for runs all the same, and gives what the operator's definition says. */
class RunnableModelTest {
    private static final int STEPS = 3;
    private static final int SAMPLES = 2;
    private static final int FEATURES = 4;
    private static final int HIDDEN = 5;

    @Test
    void shortIntegersAreComparedInAWiderType() {
        OnnxModel model = shorts(ElementType.INT16)
                .node("Max", List.of("s", "t"), "m")
                .node("Cast", List.of("m"), "y", to(ElementType.FLOAT32))
                .output("y")
                .build();
        assertThat(run(model, -5, 7)).containsExactly(3, 7);
    }

    @Test
    void shiftedBitsFallOffTheirOwnType() {
        OnnxModel model = shorts(ElementType.UINT16)
                .node("BitShift", List.of("s", "t"), "m", Map.of("direction", AttributeValue.text("LEFT")))
                .node("Cast", List.of("m"), "y", to(ElementType.FLOAT32))
                .output("y")
                .build();
        assertThat(run(model, 40000, 3)).containsExactly(40000 * 8 % 65536, 24);
    }

    @Test
    void numbersAreChosenAndRaisedInAWiderType() {
        OnnxModel model = shorts(ElementType.INT16)
                .node("Less", List.of("s", "t"), "c")
                .node("Where", List.of("c", "s", "t"), "m")
                .node("Cast", List.of("m"), "e", to(ElementType.UINT64))
                .node("Pow", List.of("x", "e"), "y")
                .output("y")
                .build();
        assertThat(run(model, 2, 4)).containsExactly(4, 64);
    }

    @Test
    void regionsOfNewModelsAreTakenAsOldOnesAre() {
        float[] old = regions(16);
        assertThat(regions(22)).containsExactly(old);
        assertThat(regions(24)).containsExactly(old);
    }

    @ParameterizedTest
    @ValueSource(strings = {"RNN", "GRU", "LSTM"})
    void samplesFirstIsTheSameAsStepsFirst(String operator) {
        List<OnnxTensor> steps = recurrent(operator, 0);
        List<OnnxTensor> samples = recurrent(operator, 1);
        assertThat(samples.get(0).shape()).containsExactly(SAMPLES, STEPS, 1, HIDDEN);
        assertThat(samples.get(1).shape()).containsExactly(SAMPLES, 1, HIDDEN);
        float[] expected = steps.get(0).floats();
        float[] actual = samples.get(0).floats();
        for (int step = 0; step < STEPS; step++) {
            for (int sample = 0; sample < SAMPLES; sample++) {
                assertThat(Arrays.copyOfRange(
                                actual, (sample * STEPS + step) * HIDDEN, (sample * STEPS + step + 1) * HIDDEN))
                        .containsExactly(Arrays.copyOfRange(
                                expected, (step * SAMPLES + sample) * HIDDEN, (step * SAMPLES + sample + 1) * HIDDEN));
            }
        }
        assertThat(samples.get(1).floats()).containsExactly(steps.get(1).floats());
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 17})
    void partsOfSequencesAreTakenWithoutTheSequences(long opset) {
        OnnxModel model = OnnxGraphBuilder.named("sequences")
                .opset(opset)
                .input("x", fixed(4))
                .integers("lengths", 3, 1)
                .initializer(OnnxTensor.int64("last", List.of(), -1))
                .initializer(OnnxTensor.int64("first", List.of(), 0))
                .node("SplitToSequence", List.of("x", "lengths"), "s")
                .node("SequenceAt", List.of("s", "last"), "b")
                .node("SequenceAt", List.of("s", "first"), "a")
                .node("SequenceConstruct", List.of("b", "b"), "t")
                .node("SequenceInsert", List.of("t", "a", "first"), "u")
                .node("SequenceErase", List.of("u", "last"), "v")
                .node("ConcatFromSequence", List.of("v"), "y", Map.of("axis", AttributeValue.integer(0)))
                .node("SequenceLength", List.of("v"), "size")
                .output("y")
                .output("size")
                .build();
        assertThat(run(model, 1, 2, 3, 4)).containsExactly(1, 2, 3, 4);
        assertThat(OpsetUpgrade.apply(model).graph().nodes())
                .extracting(OnnxNode::operator)
                .doesNotContain("SplitToSequence", "SequenceConstruct", "SequenceInsert", "SequenceErase");
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 17})
    void partsStandBesideEachOtherOnANewAxis(long opset) {
        OnnxModel model = OnnxGraphBuilder.named("sequences")
                .opset(opset)
                .input("x", fixed(2))
                .node("SequenceEmpty", List.of(), "e")
                .node("SequenceInsert", List.of("e", "x"), "s")
                .node("SequenceInsert", List.of("s", "x"), "t")
                .node(
                        "ConcatFromSequence",
                        List.of("t"),
                        "y",
                        Map.of("axis", AttributeValue.integer(-1), "new_axis", AttributeValue.integer(1)))
                .output("y")
                .build();
        assertThat(run(model, 1, 2)).containsExactly(1, 1, 2, 2);
    }

    @Test
    void optionalValuesThatAreThereAreTheValues() {
        OnnxModel model = OnnxGraphBuilder.named("optional")
                .opset(18)
                .input("x", fixed(2))
                .node("Optional", List.of("x"), "o")
                .node("OptionalGetElement", List.of("o"), "y")
                .node("OptionalHasElement", List.of("o"), "there")
                .output("y")
                .output("there")
                .build();
        assertThat(run(model, 1, 2)).containsExactly(1, 2);
    }

    @Test
    void signedIntegersAreShiftedByAnyAmount() {
        Map<String, AttributeValue> left = Map.of("direction", AttributeValue.text("LEFT"));
        Map<String, AttributeValue> right = Map.of("direction", AttributeValue.text("RIGHT"));
        for (ElementType type : List.of(ElementType.INT8, ElementType.INT16, ElementType.INT32, ElementType.INT64)) {
            assertThat(run(shifted(type, 3, right), -5, 40)).containsExactly(-1, 5);
            assertThat(run(shifted(type, 1, left), -5, 40)).containsExactly(-10, 80);
            assertThat(run(shifted(type, 64, right), -5, 40)).containsExactly(-1, 0);
            assertThat(run(shifted(type, -1, right), -5, 40)).containsExactly(-1, 0);
            assertThat(run(shifted(type, -1, left), -5, 40)).containsExactly(0, 0);
        }
        assertThat(run(shifted(ElementType.INT8, 3, left), 127, 40)).containsExactly(-8, 64);
    }

    private static OnnxModel shifted(ElementType type, int amount, Map<String, AttributeValue> direction) {
        return newest("shift")
                .initializer(OnnxTensor.float32("amount", List.of(), amount))
                .node("Cast", List.of("x"), "s", to(type))
                .node("Cast", List.of("amount"), "t", to(type))
                .node("BitShift", List.of("s", "t"), "m", direction)
                .node("Cast", List.of("m"), "y", to(ElementType.FLOAT32))
                .output("y")
                .build();
    }

    @Test
    void remaindersOfFloatsHaveTheDivisorsSign() {
        for (ElementType type : List.of(ElementType.FLOAT32, ElementType.FLOAT64, ElementType.FLOAT16)) {
            OnnxModel model = newest("remainder")
                    .initializer(OnnxTensor.float32("d", List.of(2, 1), 3, -3))
                    .node("Cast", List.of("x"), "s", to(type))
                    .node("Cast", List.of("d"), "t", to(type))
                    .node("Mod", List.of("s", "t"), "m")
                    .node("Cast", List.of("m"), "y", to(ElementType.FLOAT32))
                    .output("y")
                    .build();
            assertThat(run(model, 4.5f, -4)).containsExactly(1.5f, 2, -1.5f, -1);
        }
    }

    @Test
    void gatesAreSwishes() {
        Map<String, AttributeValue> slope = Map.of("alpha", new AttributeValue.NumberValue(2));
        OnnxModel model = newest("gate")
                .node("SwiGLU", List.of("x", "x"), "g", slope)
                .node("Swish", List.of("x"), "s")
                .node("Add", List.of("g", "s"), "y")
                .output("y")
                .build();
        float[] expected = new float[2];
        for (int i = 0; i < expected.length; i++) {
            int x = i + 1;
            expected[i] = (float) (x * x / (1 + Math.exp(-2.0 * x)) + x / (1 + Math.exp(-x)));
        }
        assertThat(run(model, 1, 2)).containsExactly(expected, Offset.offset(1e-5f));
    }

    @Test
    void rangesCountInHalves() {
        OnnxModel model = newest("range")
                .initializer(OnnxTensor.float32("one", List.of(), 1))
                .initializer(OnnxTensor.float32("four", List.of(), 4))
                .node("Cast", List.of("one"), "from", to(ElementType.FLOAT16))
                .node("Cast", List.of("four"), "until", to(ElementType.FLOAT16))
                .node("Range", List.of("from", "until", "from"), "r", Map.of("stash_type", AttributeValue.integer(1)))
                .node("Cast", List.of("r"), "y", to(ElementType.FLOAT32))
                .output("y")
                .build();
        assertThat(run(model, 0, 0)).containsExactly(1, 2, 3);
    }

    @Test
    void blocksStandBesideEachOtherByChannel() {
        OnnxModel model = newest("blocks")
                .integers("image", 1, 2, 2, 2)
                .node("Concat", List.of("x", "x", "x", "x"), "all", Map.of("axis", AttributeValue.integer(0)))
                .node("Reshape", List.of("all", "image"), "i")
                .node(
                        "SpaceToDepth",
                        List.of("i"),
                        "d",
                        Map.of("blocksize", AttributeValue.integer(2), "mode", AttributeValue.text("CRD")))
                .node("Flatten", List.of("d"), "y")
                .output("y")
                .build();
        assertThat(run(model, 1, 2)).containsExactly(1, 2, 1, 2, 1, 2, 1, 2);
    }

    @Test
    void convolutionsKeepTheirPast() {
        OnnxModel model = newest("past")
                .integers("sequence", 1, 1, 2)
                .initializer(OnnxTensor.float32("w", List.of(1, 1, 3), 1, 10, 100))
                .initializer(OnnxTensor.float32("past", List.of(1, 1, 2), 3, 4))
                .node("Reshape", List.of("x", "sequence"), "s")
                .node(new OnnxNode(
                        "", "", "CausalConvWithState", List.of("s", "w", "", "past"), List.of("c", "p"), Map.of()))
                .node(new OnnxNode("", "", "CausalConvWithState", List.of("s", "w"), List.of("d"), Map.of()))
                .node("Concat", List.of("c", "p", "d"), "y", Map.of("axis", AttributeValue.integer(2)))
                .output("y")
                .build();
        assertThat(run(model, 1, 2)).containsExactly(143, 214, 1, 2, 100, 210);
    }

    @ParameterizedTest
    @ValueSource(longs = {27, 28})
    void newerSetsAreReadAsTheNewestThatRuns(long opset) {
        OnnxModel model = OnnxGraphBuilder.named("newest")
                .opset(opset)
                .input("x", fixed(2))
                .node("Relu", List.of("x"), "y")
                .output("y")
                .build()
                .withIrVersion(14);
        assertThat(run(model, -1, 2)).containsExactly(0, 2);
    }

    private static OnnxGraphBuilder newest(String name) {
        return OnnxGraphBuilder.named(name).opset(28).input("x", fixed(2));
    }

    private static OnnxGraphBuilder shorts(ElementType type) {
        return OnnxGraphBuilder.named("shorts")
                .input("x", fixed(2))
                .initializer(OnnxTensor.float32("three", List.of(), 3))
                .node("Cast", List.of("x"), "s", to(type))
                .node("Cast", List.of("three"), "t", to(type));
    }

    private static Map<String, AttributeValue> to(ElementType type) {
        return Map.of("to", AttributeValue.integer(type.code()));
    }

    private static float[] run(OnnxModel model, float... values) {
        try (OnnxSession session = OnnxSession.open(model)) {
            return session.evaluate(Map.of("x", OnnxTensor.float32("x", List.of(values.length), values)))
                    .get("y")
                    .floats();
        }
    }

    private static float[] regions(long opset) {
        OnnxModel model = OnnxGraphBuilder.named("regions")
                .opset(opset)
                .input("x", fixed(1, 1, 4, 4))
                .initializer(OnnxTensor.float32("regions", List.of(1, 4), 0.5f, 0.25f, 3, 2.75f))
                .initializer(OnnxTensor.int64("samples", List.of(1), 0))
                .node(
                        "RoiAlign",
                        List.of("x", "regions", "samples"),
                        "y",
                        Map.of("output_height", AttributeValue.integer(2), "output_width", AttributeValue.integer(2)))
                .output("y")
                .build();
        float[] image = counted(16);
        try (OnnxSession session = OnnxSession.open(model)) {
            return session.evaluate(Map.of("x", OnnxTensor.float32("x", List.of(1, 1, 4, 4), image)))
                    .get("y")
                    .floats();
        }
    }

    /** The sequence and the last state of the same layer and the same samples, whichever axis is first. */
    private static List<OnnxTensor> recurrent(String operator, int layout) {
        int gates = Map.of("RNN", 1, "GRU", 3, "LSTM", 4).get(operator);
        List<Integer> shape = layout == 0 ? List.of(STEPS, SAMPLES, FEATURES) : List.of(SAMPLES, STEPS, FEATURES);
        OnnxModel model = OnnxGraphBuilder.named("recurrent")
                .input("x", fixed(shape.get(0), shape.get(1), FEATURES))
                .initializer(OnnxTensor.float32(
                        "w", List.of(1, gates * HIDDEN, FEATURES), counted(gates * HIDDEN * FEATURES)))
                .initializer(
                        OnnxTensor.float32("r", List.of(1, gates * HIDDEN, HIDDEN), counted(gates * HIDDEN * HIDDEN)))
                .node(new OnnxNode(
                        "",
                        "",
                        operator,
                        List.of("x", "w", "r"),
                        List.of("y", "last"),
                        Map.of(
                                "hidden_size",
                                AttributeValue.integer(HIDDEN),
                                "layout",
                                AttributeValue.integer(layout))))
                .output("y")
                .output("last")
                .build();
        float[] values = new float[STEPS * SAMPLES * FEATURES];
        for (int step = 0; step < STEPS; step++) {
            for (int sample = 0; sample < SAMPLES; sample++) {
                for (int feature = 0; feature < FEATURES; feature++) {
                    int row = layout == 0 ? step * SAMPLES + sample : sample * STEPS + step;
                    values[row * FEATURES + feature] = (float) Math.sin(step * 7 + sample * 3 + feature);
                }
            }
        }
        try (OnnxSession session = OnnxSession.open(model)) {
            Map<String, OnnxTensor> outputs = session.evaluate(Map.of("x", OnnxTensor.float32("x", shape, values)));
            return List.of(outputs.get("y"), outputs.get("last"));
        }
    }

    private static float[] counted(int size) {
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = (i * 37 % 23 - 11) / 20f;
        }
        return values;
    }
}
