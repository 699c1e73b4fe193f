package dev.slipway.edge;

import static dev.slipway.edge.TestModels.samePads;
import static dev.slipway.edge.TestModels.weights;
import static dev.slipway.onnx.OnnxGraphBuilder.batch;
import static dev.slipway.onnx.OnnxGraphBuilder.fixed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.slipway.kernel.ErrorKind;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.tensor.Tensor;
import dev.slipway.onnx.AttributeValue;
import dev.slipway.onnx.Dimension;
import dev.slipway.onnx.OnnxGraphBuilder;
import dev.slipway.onnx.OnnxNode;
import dev.slipway.onnx.OnnxTensor;
import dev.slipway.onnx.OnnxWriter;
import dev.slipway.onnx.run.OnnxSession;
import dev.slipway.tflite.TfliteModel;
import dev.slipway.tflite.TfliteReader;
import dev.slipway.tflite.TfliteSubgraph;
import dev.slipway.tflite.run.InterpreterValue;
import dev.slipway.tflite.run.TfliteInterpreter;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ConverterTest {
    private final Converter converter = new Converter();

    @Test
    void aPlainNetworkHasNoTransposeAndFusedActivations() {
        ConversionResult result = convert(TestModels.digits());
        assertThat(result.parity().passed()).isTrue();
        assertThat(result.parity().maximumError()).isLessThan(1e-5);
        // The only reshapes are the border, where the image has one channel, and the flattening.
        assertThat(result.operators())
                .isEqualTo(Map.of(
                        "CONV_2D", 2,
                        "MAX_POOL_2D", 2,
                        "RESHAPE", 2,
                        "FULLY_CONNECTED", 2,
                        "SOFTMAX", 1));
    }

    @ParameterizedTest
    @EnumSource
    void aConvertedModelTakesAnyBatchAndKeepsItsNames(Target target) {
        byte[] onnx = OnnxWriter.write(TestModels.digits().build());
        ConversionResult result = converter.convert(onnx, ConversionOptions.to(target));
        assertThat(result.parity().runs()).isEqualTo(3);
        for (int size : List.of(1, 3, 7, 2)) {
            Tensor images = random(size, List.of(size, 1, 8, 8));
            Tensor expected = onnx(onnx, images);
            Tensor actual = target == Target.TFLITE ? tflite(result.file(), images) : onnx(result.file(), images);
            assertThat(actual.shape()).containsExactly(size, 10);
            assertThat(difference(expected, actual)).isLessThan(1e-5);
        }
    }

    @Test
    void theBatchStaysOpenAndNamesAreKept() {
        try (TfliteInterpreter interpreter =
                TfliteInterpreter.open(convert(TestModels.digits()).file())) {
            assertThat(interpreter.inputs()).extracting(InterpreterValue::name).containsExactly("image");
            assertThat(interpreter.inputs().get(0).shape()).containsExactly(-1, 1, 8, 8);
            assertThat(interpreter.outputs()).extracting(InterpreterValue::name).containsExactly("scores");
        }
    }

    @Test
    void onlyTheBorderOfAnImageNetworkHasTransposes() {
        // Residual network whose image has three channels and whose output is an image again.
        ConversionResult result = convert(OnnxGraphBuilder.named("residual")
                .input("x", batch("N", 3, 6, 6))
                .initializer(weights("w1", 1, 4, 3, 3, 3))
                .initializer(weights("w2", 2, 4, 4, 3, 3))
                .initializer(weights("s", 3, 4))
                .initializer(weights("t", 4, 4))
                .initializer(weights("m", 5, 4))
                .initializer(OnnxTensor.float32("v", List.of(4), 1, 2, 0.5f, 3))
                .node("Conv", List.of("x", "w1"), "a", samePads())
                .node("BatchNormalization", List.of("a", "s", "t", "m", "v"), "b")
                .node("Relu", List.of("b"), "c")
                .node("Conv", List.of("c", "w2"), "d", samePads())
                .node("Add", List.of("d", "c"), "e")
                .node("Concat", List.of("e", "a"), "f", Map.of("axis", AttributeValue.integer(1)))
                .node("Sigmoid", List.of("f"), "y")
                .output("y"));
        assertThat(result.operators()).containsEntry("TRANSPOSE", 2).containsEntry("CONCATENATION", 1);
    }

    @Test
    void batchNormalisationsAndScalesVanishInTheLayerBefore() {
        ConversionResult result = convert(OnnxGraphBuilder.named("normalised")
                .input("x", batch("N", 4, 4, 4))
                .initializer(weights("w1", 1, 4, 4, 3, 3))
                .initializer(weights("w2", 2, 8, 1, 3, 3))
                .initializer(weights("w3", 3, 128, 6))
                .initializer(weights("s", 4, 4))
                .initializer(weights("t", 5, 8))
                .initializer(weights("u", 6, 6))
                .initializer(weights("m", 7, 4))
                .initializer(OnnxTensor.float32("v", List.of(4), 1, 2, 0.5f, 3))
                .initializer(OnnxTensor.float32("half", List.of(), 0.5f))
                .initializer(weights("perChannel", 8, 8, 1, 1))
                .node("Conv", List.of("x", "w1"), "a", samePads())
                .node("BatchNormalization", List.of("a", "s", "m", "m", "v"), "b")
                .node("Relu", List.of("b"), "c")
                .node(
                        "Conv",
                        List.of("c", "w2", "t"),
                        "d",
                        Map.of("group", AttributeValue.integer(4), "pads", AttributeValue.integers(1, 1, 1, 1)))
                .node("Mul", List.of("perChannel", "d"), "e")
                .node("Flatten", List.of("e"), "f")
                .node("MatMul", List.of("f", "w3"), "g")
                .node("Add", List.of("g", "u"), "h")
                .node("Mul", List.of("h", "half"), "y")
                .output("y"));
        assertThat(result.operators())
                .isEqualTo(Map.of(
                        "TRANSPOSE", 1, "CONV_2D", 1, "DEPTHWISE_CONV_2D", 1, "RESHAPE", 1, "FULLY_CONNECTED", 1));
    }

    @Test
    void whatIsNoScalePerChannelStaysAnOperation() {
        // Each of these has as many values as there are channels, but not along the channels, or is read elsewhere.
        ConversionResult result = convert(OnnxGraphBuilder.named("not folded")
                .input("x", fixed(1, 4, 4, 4))
                .initializer(weights("w", 1, 4, 4, 3, 3))
                .initializer(weights("columns", 2, 4))
                .initializer(weights("rows", 3, 4, 1))
                .initializer(weights("channels", 4, 4, 1, 1))
                .node("Conv", List.of("x", "w"), "a", samePads())
                .node("Mul", List.of("a", "columns"), "b")
                .node("Conv", List.of("b", "w"), "c", samePads())
                .node("Add", List.of("c", "rows"), "d")
                .node("Conv", List.of("d", "w"), "e", samePads())
                .node("Mul", List.of("e", "channels"), "f")
                .node("Add", List.of("f", "e"), "y")
                .initializer(weights("dense", 5, 64, 4))
                .initializer(weights("higherRank", 6, 1, 1, 4))
                .node("Flatten", List.of("y"), "flat")
                .node("MatMul", List.of("flat", "dense"), "g")
                .node("Mul", List.of("g", "higherRank"), "z")
                .output("y")
                .output("z"));
        assertThat(result.operators()).containsEntry("MUL", 3).containsEntry("ADD", 2);
    }

    @Test
    void heightAndWidthMayBeOpenToo() {
        byte[] onnx = OnnxWriter.write(OnnxGraphBuilder.named("open")
                .input(
                        "x",
                        List.of(
                                Dimension.symbolic("N"),
                                Dimension.fixed(3),
                                Dimension.symbolic("H"),
                                Dimension.symbolic("W")))
                .initializer(weights("w", 1, 5, 3, 3, 3))
                .initializer(weights("g", 2, 5, 2))
                .node(
                        "Conv",
                        List.of("x", "w"),
                        "a",
                        Map.of(
                                "strides", AttributeValue.integers(2, 2),
                                "pads", AttributeValue.integers(1, 1, 1, 1)))
                .node("Relu", List.of("a"), "r")
                .node("MaxPool", List.of("r"), "p", TestModels.halving())
                .node("GlobalAveragePool", List.of("p"), "q")
                .node("Flatten", List.of("q"), "f")
                .node("Gemm", List.of("f", "g"), "y")
                .output("y")
                .build());
        byte[] tflite =
                converter.convert(onnx, ConversionOptions.to(Target.TFLITE)).file();
        for (List<Integer> shape : List.of(List.of(1, 3, 32, 20), List.of(2, 3, 9, 33), List.of(1, 3, 32, 20))) {
            Tensor images = random(1, shape);
            assertThat(difference(onnx(onnx, images), tflite(tflite, images))).isLessThan(1e-5);
        }
    }

    @Test
    void equalLengthsOfAllAxesDoNotConfuseLayouts() {
        ConversionResult result = convert(OnnxGraphBuilder.named("cube")
                .input("x", fixed(4, 4, 4, 4))
                .initializer(weights("w", 1, 4, 4, 3, 3))
                .initializer(weights("c", 2, 4, 4, 4))
                .initializer(weights("d", 3, 64, 4))
                .node("Conv", List.of("x", "w"), "a", samePads())
                .node("Add", List.of("a", "c"), "b")
                .node("Transpose", List.of("b"), "t", Map.of("perm", AttributeValue.integers(0, 1, 3, 2)))
                .node("Conv", List.of("t", "w"), "e", samePads())
                .node("Mul", List.of("e", "a"), "f")
                .node("Softmax", List.of("f"), "g", Map.of("axis", AttributeValue.integer(1)))
                .node("Flatten", List.of("g"), "h")
                .node("MatMul", List.of("h", "d"), "i")
                .output("i")
                .output("g"));
        assertThat(result.parity().passed()).isTrue();
    }

    @Test
    void allUnsupportedPartsAreNamedAtOnce() {
        byte[] onnx = OnnxWriter.write(OnnxGraphBuilder.named("unsupported")
                .input("x", batch("N", 4))
                .node(new OnnxNode("first", "", "RandomNormalLike", List.of("x"), List.of("a"), Map.of()))
                .node("Relu", List.of("a"), "b")
                .node(new OnnxNode("second", "", "RandomUniformLike", List.of("b"), List.of("c"), Map.of()))
                .output("c")
                .build());
        assertThatExceptionOfType(SlipwayException.class)
                .isThrownBy(() -> converter.convert(onnx, ConversionOptions.to(Target.TFLITE)))
                .matches(e -> e.kind() == ErrorKind.UNSUPPORTED)
                .matches(e -> e.code().equals("edge.unsupported-operator"))
                .withMessageContaining("2 part(s)")
                .withMessageContaining("node 'first' (RandomNormalLike, opset 17)")
                .withMessageContaining("node 'second' (RandomUniformLike, opset 17)")
                .withMessageContaining("[edge.random]");
    }

    @Test
    void aModelThatDoesNotRunAtEverySizeItDeclaresCanBeConvertedWithAFixedShape() {
        byte[] onnx = OnnxWriter.write(OnnxGraphBuilder.named("fixed")
                .input("x", batch("N", 4))
                .initializer(weights("w", 1, 6, 4))
                .node("Add", List.of("x", "w"), "y")
                .output("y")
                .build());
        assertThatExceptionOfType(SlipwayException.class)
                .isThrownBy(() -> converter.convert(onnx, ConversionOptions.to(Target.TFLITE)))
                .matches(e -> e.code().equals("edge.probe"));
        ConversionOptions options = ConversionOptions.to(Target.TFLITE).withInputShapes(Map.of("x", List.of(6, 4)));
        assertThat(converter.convert(onnx, options).parity().passed()).isTrue();
    }

    @Test
    void aResultOutOfToleranceIsNoResult() {
        byte[] onnx = OnnxWriter.write(TestModels.digits().build());
        ConversionOptions impossible = ConversionOptions.to(Target.TFLITE).withTolerance(0);
        assertThatExceptionOfType(SlipwayException.class)
                .isThrownBy(() -> converter.convert(onnx, impossible))
                .matches(e -> e.code().equals("edge.parity"));
    }

    @Test
    void whatIsNoModelIsRefused() {
        byte[] onnx = OnnxWriter.write(TestModels.digits().build());
        for (int length = 0; length < onnx.length; length += 997) {
            byte[] part = Arrays.copyOf(onnx, length);
            assertThatExceptionOfType(SlipwayException.class)
                    .isThrownBy(() -> converter.convert(part, ConversionOptions.to(Target.TFLITE)))
                    .matches(e -> e.code().startsWith("onnx.") || e.code().startsWith("edge."));
        }
    }

    @Test
    void damagedModelsAreConvertedOrRefused() {
        byte[] onnx = OnnxWriter.write(OnnxGraphBuilder.named("small")
                .input("x", batch("N", 2, 4, 4))
                .initializer(weights("w", 1, 2, 2, 3, 3))
                .node("Conv", List.of("x", "w"), "a", samePads())
                .node("MaxPool", List.of("a"), "y", TestModels.halving())
                .output("y")
                .build());
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 60; i++) {
            byte[] damaged = onnx.clone();
            damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
            try {
                converter.convert(damaged, ConversionOptions.to(Target.TFLITE));
            } catch (SlipwayException e) {
                assertThat(e.code()).matches("(onnx|edge|tflite)\\..*");
            }
        }
    }

    private ConversionResult convert(OnnxGraphBuilder model) {
        return converter.convert(OnnxWriter.write(model.build()), ConversionOptions.to(Target.TFLITE));
    }

    private static Tensor onnx(byte[] model, Tensor input) {
        try (OnnxSession session = OnnxSession.open(model)) {
            return session.run(input);
        }
    }

    private static Tensor tflite(byte[] model, Tensor input) {
        try (TfliteInterpreter interpreter = TfliteInterpreter.open(model)) {
            return interpreter.run(input);
        }
    }

    private static Tensor random(long seed, List<Integer> shape) {
        return TestModels.weights("", seed, shape.toArray(Integer[]::new)).toTensor();
    }

    private static double difference(Tensor expected, Tensor actual) {
        double largest = 0;
        for (int i = 0; i < expected.values().length; i++) {
            largest = Math.max(largest, Math.abs(expected.values()[i] - actual.values()[i]));
        }
        return largest;
    }

    @Test
    void withChannelsLastNoTransposeIsLeftAtTheBorder() {
        ConversionResult kept = new Converter().convert(TestModels.network(), ConversionOptions.to(Target.TFLITE));
        ConversionResult last = new Converter()
                .convert(
                        TestModels.network(),
                        ConversionOptions.to(Target.TFLITE).withLayout(Layout.NHWC));
        // The one in the middle shuffles channels.
        assertThat(kept.operators()).containsEntry("TRANSPOSE", 3);
        assertThat(last.operators()).containsEntry("TRANSPOSE", 1);
        TfliteModel model = TfliteReader.read(last.file());
        TfliteSubgraph graph = model.entry();
        assertThat(graph.tensors().get(graph.inputs().get(0)).shape()).containsExactly(-1, 16, 12, 3);
        assertThat(graph.tensors().get(graph.outputs().get(0)).shape()).containsExactly(-1, 8, 6, 4);
        assertThat(model.signatures().get(0).inputs()).containsOnlyKeys("image");
        assertThat(model.signatures().get(0).outputs()).containsOnlyKeys("features");
    }
}
