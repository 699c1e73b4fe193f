package dev.slipway.onnx.run;

import static dev.slipway.onnx.OnnxGraphBuilder.batch;
import static dev.slipway.onnx.OnnxGraphBuilder.fixed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.tensor.Tensor;
import dev.slipway.onnx.AttributeValue;
import dev.slipway.onnx.Dimension;
import dev.slipway.onnx.ElementType;
import dev.slipway.onnx.OnnxGraphBuilder;
import dev.slipway.onnx.OnnxModel;
import dev.slipway.onnx.OnnxReader;
import dev.slipway.onnx.OnnxTensor;
import dev.slipway.onnx.OnnxValue;
import dev.slipway.onnx.OnnxWriter;
import dev.slipway.onnx.ValueType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OnnxSessionTest {
    private static final byte[] DOUBLING = OnnxWriter.write(OnnxGraphBuilder.named("doubling")
            .input("x", batch("N", 3))
            .initializer(OnnxTensor.float32("two", List.of(), 2f))
            .node("Mul", List.of("x", "two"), "y")
            .output("y", batch("N", 3))
            .build());

    private static final byte[] ORT = OrtFormat.convert(DOUBLING);

    @Test
    void runsAModelAtAnyBatchSize() {
        try (OnnxSession session = OnnxSession.open(DOUBLING)) {
            assertThat(session.run(new Tensor(List.of(1, 3), new float[] {1, 2, 3})))
                    .isEqualTo(new Tensor(List.of(1, 3), new float[] {2, 4, 6}));
            assertThat(session.run(new Tensor(List.of(2, 3), new float[6])).shape())
                    .containsExactly(2, 3);
            assertThat(session.run(new Tensor(List.of(0, 3), new float[0])).shape())
                    .containsExactly(0, 3);
        }
    }

    @Test
    void tellsItsInputsAndOutputs() {
        try (OnnxSession session = OnnxSession.open(DOUBLING)) {
            assertThat(session.inputs())
                    .containsExactly(new SessionValue(
                            "x", ElementType.FLOAT32, List.of(Dimension.symbolic("N"), Dimension.fixed(3))));
            assertThat(session.outputs()).extracting(SessionValue::name).containsExactly("y");
        }
    }

    @Test
    void manyThreadsMayRunOneSession() {
        try (OnnxSession session = OnnxSession.open(DOUBLING)) {
            assertThat(IntStream.range(0, 200)
                            .parallel()
                            .mapToObj(i -> session.run(new Tensor(List.of(1, 3), new float[] {i, i, i}))
                                    .values()[0])
                            .toList())
                    .containsExactlyElementsOf(
                            IntStream.range(0, 200).mapToObj(i -> 2f * i).toList());
        }
    }

    @Test
    void aWrongInputIsAClearError() {
        try (OnnxSession session = OnnxSession.open(DOUBLING)) {
            Tensor wrongShape = new Tensor(List.of(1, 4), new float[4]);
            assertThatExceptionOfType(SlipwayException.class)
                    .isThrownBy(() -> session.run(wrongShape))
                    .matches(e -> e.code().equals("onnx.input"));
            assertThatExceptionOfType(SlipwayException.class)
                    .isThrownBy(() -> session.run(Map.of("z", wrongShape)))
                    .withMessageContaining("no input 'z'");
            assertThatExceptionOfType(SlipwayException.class)
                    .isThrownBy(() -> session.run(Map.of()))
                    .withMessageContaining("needs the inputs [x]");
        }
    }

    @Test
    void aClosedSessionSaysSo() {
        OnnxSession session = OnnxSession.open(DOUBLING);
        session.close();
        session.close();
        assertThatExceptionOfType(SlipwayException.class)
                .isThrownBy(() -> session.run(new Tensor(List.of(1, 3), new float[3])))
                .matches(e -> e.code().equals("onnx.closed"));
    }

    @Test
    void whatIsNoModelIsUnusable() {
        byte[] text = "no model".getBytes(StandardCharsets.UTF_8);
        assertThatExceptionOfType(SlipwayException.class)
                .isThrownBy(() -> OnnxSession.open(text))
                .matches(e -> e.code().equals("onnx.unusable"));
        assertThatExceptionOfType(SlipwayException.class)
                .isThrownBy(() -> OrtFormat.convert(text))
                .matches(e -> e.code().equals("onnx.unusable"));
    }

    @Test
    void weightsInOtherFilesAreNeverRead(@TempDir Path folder) throws IOException {
        Path secret = Files.write(folder.resolve("secret"), new byte[] {0, 0, (byte) 128, 63});
        // Absolute, and relative to the folder that this process runs in.
        for (Path location : List.of(secret, Path.of("").toAbsolutePath().relativize(secret))) {
            ModelProto.Builder model = ModelProto.newBuilder()
                    .setIrVersion(8)
                    .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(17));
            model.getGraphBuilder()
                    .setName("reader")
                    .addInitializer(TensorProto.newBuilder()
                            .setName("w")
                            .setDataType(1)
                            .addDims(1)
                            .setDataLocation(TensorProto.DataLocation.EXTERNAL)
                            .addExternalData(StringStringEntryProto.newBuilder()
                                    .setKey("location")
                                    .setValue(location.toString()))
                            .addExternalData(StringStringEntryProto.newBuilder()
                                    .setKey("length")
                                    .setValue("4")));
            model.getGraphBuilder()
                    .addNode(NodeProto.newBuilder()
                            .setOpType("Identity")
                            .addInput("w")
                            .addOutput("y"));
            model.getGraphBuilder().addOutput(ValueInfoProto.newBuilder().setName("y"));
            byte[] bytes = model.build().toByteArray();
            assertThatExceptionOfType(SlipwayException.class)
                    .isThrownBy(() -> OnnxSession.open(bytes).close())
                    .matches(e -> e.code().equals("onnx.unusable"));
            assertThatExceptionOfType(SlipwayException.class)
                    .isThrownBy(() -> OrtFormat.convert(bytes))
                    .matches(e -> e.code().equals("onnx.unusable"));
            assertThatExceptionOfType(SlipwayException.class)
                    .isThrownBy(() -> OnnxReader.read(bytes))
                    .matches(e -> e.code().equals("onnx.external-data"));
        }
    }

    @Test
    void takesAndGivesTensorsOfEveryType() {
        for (ElementType type : ElementType.values()) {
            if (type.bits() < Byte.SIZE
                    || type.name().startsWith("COMPLEX")
                    || type.name().startsWith("FLOAT8")) {
                continue;
            }
            for (List<Integer> shape : List.of(List.<Integer>of(), List.of(3), List.of(2, 0), List.of(2, 1, 2))) {
                OnnxModel model = passingOn(type);
                try (OnnxSession session = OnnxSession.open(model, SessionSettings.faithful())) {
                    assertThat(session.inputs().get(0).name()).isEqualTo("x");
                    assertThat(session.inputs().get(0).type()).isEqualTo(type);
                    OnnxTensor given = counting(type, shape);
                    assertThat(session.evaluate(Map.of("x", given)).get("y")).isEqualTo(given.withName("y"));
                }
            }
        }
    }

    @Test
    void takesAndGivesTexts() {
        try (OnnxSession session = OnnxSession.open(passingOn(ElementType.STRING))) {
            OnnxTensor texts = OnnxTensor.texts("x", List.of(2, 2), List.of("a", "", "ü", "text"));
            assertThat(session.evaluate(Map.of("x", texts)).get("y").texts()).isEqualTo(texts.texts());
        }
    }

    @Test
    void memoryOutsideTheHeapNeedsNoAlignment() {
        ByteBuffer memory = ByteBuffer.allocateDirect(1 + 4 * 5000).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < 5000; i++) {
            memory.putFloat(1 + 4 * i, i % 7);
        }
        OnnxTensor odd = new OnnxTensor("w", ElementType.FLOAT32, List.of(50, 100), memory.slice(1, 4 * 5000));
        OnnxModel model = OnnxGraphBuilder.named("unaligned")
                .input("x", batch("N", 50))
                .initializer(odd)
                .node("MatMul", List.of("x", "w"), "m")
                .node("Add", List.of("m", "w"), "y")
                .output("y")
                .build();
        Tensor input = new Tensor(List.of(50, 50), new float[2500]);
        input.values()[0] = 2;
        float[] expected = odd.floats();
        for (int i = 0; i < 100; i++) {
            expected[i] *= 3;
        }
        for (SessionSettings settings : List.of(SessionSettings.faithful(), SessionSettings.standard())) {
            try (OnnxSession session = OnnxSession.open(model, settings)) {
                assertThat(session.run(input).values()).isEqualTo(expected);
            }
        }
    }

    @Test
    void weightsThatNothingElseRefersToStayWhileTheSessionLives() {
        try (OnnxSession session = OnnxSession.open(weighted(), SessionSettings.faithful())) {
            for (int i = 0; i < 20; i++) {
                // Gives freed memory back to whoever asks next.
                ByteBuffer.allocateDirect(1 << 20).putInt(0, i);
                System.gc();
                assertThat(session.run(new Tensor(List.of(1), new float[] {1})).values())
                        .isEqualTo(weight(1 << 18));
            }
        }
    }

    private static OnnxModel passingOn(ElementType type) {
        OnnxModel model = OnnxGraphBuilder.named("passing on")
                .node("Identity", List.of("x"), "y")
                .input("x", fixed())
                .output("y")
                .build();
        OnnxValue x = new OnnxValue("x", new ValueType.Dense(type, Optional.empty()));
        return model.withGraph(model.graph().withInputs(List.of(x)));
    }

    private static OnnxTensor counting(ElementType type, List<Integer> shape) {
        int size = shape.stream().reduce(1, (a, b) -> a * b);
        byte[] data = new byte[size * type.bytes()];
        for (int i = 0; i < data.length; i++) {
            // Truth values are 0 or 1; all others use every bit.
            data[i] = (byte) (type == ElementType.BOOL ? i % 2 : 255 - i);
        }
        return new OnnxTensor("x", type, shape, ByteBuffer.wrap(data));
    }

    private static OnnxModel weighted() {
        float[] values = weight(1 << 18);
        ByteBuffer outside = ByteBuffer.allocateDirect(values.length * 4).order(ByteOrder.LITTLE_ENDIAN);
        outside.asFloatBuffer().put(values);
        return OnnxGraphBuilder.named("weighted")
                .input("x", fixed(1))
                .initializer(new OnnxTensor("w", ElementType.FLOAT32, List.of(values.length), outside))
                .node("Mul", List.of("x", "w"), "y")
                .output("y")
                .build();
    }

    private static float[] weight(int size) {
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = i;
        }
        return values;
    }

    @Test
    void numbersThatNativeCodeWouldDivideByAreChecked() {
        OnnxModel model = OnnxGraphBuilder.named("zero")
                .input("x", fixed(1, 4, 2, 2))
                .node("DepthToSpace", List.of("x"), "y", Map.of("blocksize", AttributeValue.integer(0)))
                .output("y")
                .build();
        assertThatExceptionOfType(SlipwayException.class)
                .isThrownBy(() -> OnnxSession.open(model))
                .withMessageContaining("blocksize")
                .matches(e -> e.code().equals("onnx.malformed"));
    }

    @Test
    void outputsAreHandedOverOneByOne() {
        OnnxModel model = OnnxGraphBuilder.named("several")
                .input("x", fixed(2))
                .node("Neg", List.of("x"), "a")
                .node("Abs", List.of("a"), "b")
                .output("b")
                .output("a")
                .build();
        Map<String, OnnxTensor> input = Map.of("x", OnnxTensor.float32("x", List.of(2), 1, -2));
        try (OnnxSession session = OnnxSession.open(model)) {
            List<String> names = new ArrayList<>();
            session.forEachOutput(input, (name, tensor) -> names.add(name));
            assertThat(names).containsExactly("b", "a");
            names.clear();
            session.forEachOutput(input, Set.of("a"), (name, tensor) -> names.add(tensor.toString()));
            assertThat(names).containsExactly("a:FLOAT32[2]");
            assertThatExceptionOfType(IllegalStateException.class)
                    .isThrownBy(() -> session.forEachOutput(input, (name, tensor) -> {
                        throw new IllegalStateException("enough");
                    }));
            assertThatExceptionOfType(SlipwayException.class)
                    .isThrownBy(() -> session.forEachOutput(input, Set.of("c"), (name, tensor) -> {}))
                    .matches(e -> e.code().equals("onnx.output"));
        }
    }

    @Test
    void timesOfEveryNodeAreWrittenOnRequest(@TempDir Path folder) throws IOException {
        SessionSettings settings = SessionSettings.standard().withProfile(folder.resolve("times"));
        try (OnnxSession session = OnnxSession.open(DOUBLING, settings)) {
            session.run(new Tensor(List.of(1, 3), new float[3]));
            assertThat(Files.readString(session.endProfile())).contains("Mul");
        }
        try (OnnxSession session = OnnxSession.open(DOUBLING)) {
            assertThatExceptionOfType(SlipwayException.class)
                    .isThrownBy(session::endProfile)
                    .matches(e -> e.code().equals("onnx.profile"));
        }
    }

    @Test
    void theOrtFormatRunsLikeTheModelItWasMadeOf() {
        byte[] ort = OrtFormat.convert(DOUBLING);
        assertThat(OrtFormat.isOrtFormat(ort)).isTrue();
        assertThat(OrtFormat.isOrtFormat(DOUBLING)).isFalse();
        Tensor input = new Tensor(List.of(1, 3), new float[] {1, 2, 3});
        try (OnnxSession session = OnnxSession.open(ort)) {
            assertThat(session.run(input).values()).containsExactly(2, 4, 6);
        }
    }

    @Test
    void theOrtFormatOfALargeModelHoldsItsWeights(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("model.ort");
        OrtFormat.write(weighted(), file);
        byte[] ort = Files.readAllBytes(file);
        assertThat(ort).isEqualTo(OrtFormat.convert(weighted())).hasSizeGreaterThan(1 << 20);
        try (OnnxSession session = OnnxSession.open(ort)) {
            assertThat(session.run(new Tensor(List.of(1), new float[] {1})).values())
                    .isEqualTo(weight(1 << 18));
        }
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void theOperatorsThatAPhonesRuntimeNeedsAreListed() {
        OnnxModel model = OnnxGraphBuilder.named("operators")
                .input("x", fixed(1, 1, 4, 4))
                .initializer(OnnxTensor.float32("w", List.of(1, 1, 3, 3), new float[9]))
                .node("Conv", List.of("x", "w"), "c")
                .node("Relu", List.of("c"), "r")
                .node("Sigmoid", List.of("r"), "s")
                .node("Softmax", List.of("s"), "y")
                .output("y")
                .build();
        ByteBuffer ort = ByteBuffer.wrap(OrtFormat.convert(model));
        assertThat(OrtFormat.operators(ort))
                .containsExactlyInAnyOrder(
                        new OrtOperator("com.microsoft", "FusedConv", 1),
                        new OrtOperator("ai.onnx", "Sigmoid", 13),
                        new OrtOperator("ai.onnx", "Softmax", 13));
        assertThat(RequiredOperators.of(List.of(ort, ByteBuffer.wrap(OrtFormat.convert(DOUBLING)))))
                .isEqualTo("""
                        # Operators of ONNX Runtime that these models need.
                        ai.onnx;13;Sigmoid,Softmax
                        ai.onnx;14;Mul
                        com.microsoft;1;FusedConv
                        """);
    }

    @Property(tries = 200)
    void aDamagedOrtFileIsRefusedOrRead(@ForAll @IntRange(min = 0, max = 100_000) int at, @ForAll int value) {
        byte[] file = ORT.clone();
        ByteBuffer.wrap(file).putInt(8 + at % (file.length - 12), value);
        try {
            assertThat(OrtFormat.operators(ByteBuffer.wrap(file))).isNotNull();
        } catch (SlipwayException e) {
            assertThat(e.code()).isEqualTo("onnx.malformed");
        }
    }
}
