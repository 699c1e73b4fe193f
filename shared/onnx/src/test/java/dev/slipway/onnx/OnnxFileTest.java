package dev.slipway.onnx;

import static dev.slipway.onnx.OnnxGraphBuilder.batch;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.slipway.kernel.ErrorKind;
import dev.slipway.kernel.SlipwayException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class OnnxFileTest {
    private static OnnxModel sample() {
        OnnxGraph body = new OnnxGraph(
                "then",
                List.of(new OnnxNode("", "", "Identity", List.of("weight"), List.of("inner"), Map.of())),
                List.of(),
                List.of(),
                List.of(OnnxValue.undeclared("inner")),
                List.of());
        return OnnxGraphBuilder.named("sample")
                .description("a sample")
                .producer("test")
                .metadata("digits", "0123456789")
                .input("x", batch("N", 2, 2))
                .initializer(OnnxTensor.float32("weight", List.of(2, 2), 1, 2, 3, Float.NaN))
                .integers("shape", -1, 4)
                .node("MatMul", List.of("x", "weight"), "product")
                .node("Reshape", List.of("product", "shape"), "y", Map.of("allowzero", AttributeValue.integer(0)))
                .node(new OnnxNode(
                        "everything",
                        "example.org",
                        "Everything",
                        List.of("y", ""),
                        List.of("z"),
                        Map.of(
                                "i",
                                AttributeValue.integer(Long.MIN_VALUE),
                                "f",
                                AttributeValue.number(-0f),
                                "s",
                                AttributeValue.text("ü"),
                                "is",
                                AttributeValue.integers(1, -2),
                                "fs",
                                new AttributeValue.Numbers(List.of(1f, 2f)),
                                "ss",
                                new AttributeValue.Texts(List.of("a", "")),
                                "t",
                                new AttributeValue.TensorValue(OnnxTensor.int64("", List.of(), 7)),
                                "g",
                                new AttributeValue.GraphValue(body))))
                .output("z")
                .build();
    }

    @Test
    void aModelSurvivesWritingAndReading() {
        assertThat(OnnxReader.read(OnnxWriter.write(sample()))).isEqualTo(sample());
    }

    @Test
    void equalModelsBecomeEqualBytes() {
        byte[] bytes = OnnxWriter.write(sample());
        assertThat(OnnxWriter.write(OnnxReader.read(bytes))).isEqualTo(bytes);
    }

    @Property(tries = 150)
    void everyTensorSurvives(@ForAll("tensors") OnnxTensor tensor) {
        OnnxModel model = OnnxGraphBuilder.named("constant")
                .initializer(tensor)
                .output(tensor.name())
                .build();
        assertThat(OnnxReader.read(OnnxWriter.write(model)).graph().initializers())
                .containsExactly(tensor);
    }

    @Property(tries = 300)
    void aFileCutOffIsRefusedOrReadInFull(@ForAll @IntRange(min = 0, max = 700) int length) {
        byte[] bytes = OnnxWriter.write(sample());
        readOrRefuse(Arrays.copyOf(bytes, Math.min(length, bytes.length - 1)));
    }

    @Property(tries = 300)
    void aDamagedFileIsRefusedOrRead(@ForAll @IntRange(min = 0, max = 10_000) int at, @ForAll byte value) {
        byte[] bytes = OnnxWriter.write(sample());
        bytes[at % bytes.length] = value;
        readOrRefuse(bytes);
    }

    @Property(tries = 300)
    void randomBytesAreRefused(@ForAll byte[] bytes) {
        readOrRefuse(bytes);
    }

    @Test
    void deepNestingIsRefused() {
        OnnxGraph graph = new OnnxGraph("leaf", List.of(), List.of(), List.of(), List.of(), List.of());
        for (int depth = 0; depth < 100; depth++) {
            graph = new OnnxGraph(
                    "body",
                    List.of(new OnnxNode(
                            "",
                            "",
                            "Loop",
                            List.of(),
                            List.of(),
                            Map.of("body", new AttributeValue.GraphValue(graph)))),
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of());
        }
        OnnxModel model = new OnnxModel(8, Map.of("", 17L), "", "", "", graph, Map.of());
        byte[] bytes = OnnxWriter.write(model);
        assertMalformed(bytes);
    }

    @Test
    void valuesMadeTwiceOrNeverAreMalformed() {
        OnnxGraphBuilder twice =
                OnnxGraphBuilder.named("twice").input("x", batch("N")).node("Relu", List.of("x"), "x");
        OnnxGraphBuilder never = OnnxGraphBuilder.named("never").node("Relu", List.of("x"), "y");
        OnnxGraphBuilder missing = OnnxGraphBuilder.named("missing").output("y");
        for (OnnxGraphBuilder builder : List.of(twice, never, missing)) {
            assertThatExceptionOfType(SlipwayException.class)
                    .isThrownBy(builder::build)
                    .matches(e -> e.code().equals("onnx.malformed"));
        }
    }

    @Test
    void aShapeThatDoesNotFitItsDataIsMalformed() {
        assertThatExceptionOfType(SlipwayException.class)
                .isThrownBy(() -> OnnxTensor.float32("w", List.of(65536, 65536, 65536, 65536), 1))
                .matches(e -> e.code().equals("onnx.malformed"));
    }

    @Provide
    Arbitrary<OnnxTensor> tensors() {
        Arbitrary<List<Integer>> shapes =
                Arbitraries.integers().between(0, 4).list().ofMaxSize(4);
        return Combinators.combine(Arbitraries.of(ElementType.class), shapes, Arbitraries.randoms())
                .as((type, shape, random) -> {
                    int size = shape.stream().reduce(1, (a, b) -> a * b);
                    if (type == ElementType.STRING) {
                        List<String> texts = Stream.generate(() -> "text " + random.nextInt())
                                .limit(size)
                                .toList();
                        return OnnxTensor.texts("tensor", shape, texts);
                    }
                    byte[] data = new byte[(int) type.bytes(size)];
                    random.nextBytes(data);
                    return new OnnxTensor("tensor", type, shape, ByteBuffer.wrap(data));
                });
    }

    private static void readOrRefuse(byte[] bytes) {
        try {
            assertThat(OnnxReader.read(bytes)).isNotNull();
        } catch (SlipwayException e) {
            assertThat(e.kind()).isIn(ErrorKind.INVALID, ErrorKind.UNSUPPORTED);
            assertThat(e.code()).startsWith("onnx.");
        }
    }

    private static void assertMalformed(byte[] bytes) {
        assertThatExceptionOfType(SlipwayException.class)
                .isThrownBy(() -> OnnxReader.read(bytes))
                .matches(e -> e.code().equals("onnx.malformed"));
    }
}
