package dev.slipway.onnx.run;

import static dev.slipway.onnx.OnnxGraphBuilder.batch;
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
import dev.slipway.onnx.Dimension;
import dev.slipway.onnx.ElementType;
import dev.slipway.onnx.OnnxGraphBuilder;
import dev.slipway.onnx.OnnxReader;
import dev.slipway.onnx.OnnxTensor;
import dev.slipway.onnx.OnnxWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OnnxSessionTest {
    private static final byte[] DOUBLING = OnnxWriter.write(OnnxGraphBuilder.named("doubling")
            .input("x", batch("N", 3))
            .initializer(OnnxTensor.float32("two", List.of(), 2f))
            .node("Mul", List.of("x", "two"), "y")
            .output("y", batch("N", 3))
            .build());

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
    void theOrtFormatRunsLikeTheModelItWasMadeOf() {
        byte[] ort = OrtFormat.convert(DOUBLING);
        assertThat(OrtFormat.isOrtFormat(ort)).isTrue();
        assertThat(OrtFormat.isOrtFormat(DOUBLING)).isFalse();
        Tensor input = new Tensor(List.of(1, 3), new float[] {1, 2, 3});
        try (OnnxSession session = OnnxSession.open(ort)) {
            assertThat(session.run(input).values()).containsExactly(2, 4, 6);
        }
    }
}
