package dev.slipway.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.onnx.run.OnnxSession;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExternalDataTest {
    private static final byte[] TWO_NUMBERS = {9, 9, 9, 9, 0, 0, (byte) 128, 63, 0, 0, 0, 64};

    @TempDir
    Path folder;

    @Test
    void weightsAreFoundBesideTheModelAndBelow() throws IOException {
        Files.createDirectory(folder.resolve("weights"));
        Files.write(folder.resolve("weights/w.bin"), TWO_NUMBERS);
        OnnxTensor weight =
                read("weights/w.bin", "4", "8").graph().initializers().get(0);
        assertThat(weight.floats()).containsExactly(1, 2);
        assertThat(weight.data().isDirect()).as("a view of the mapped file").isTrue();
    }

    @Test
    void lengthAndOffsetMayBeLeftOut() throws IOException {
        Files.write(folder.resolve("w.bin"), Arrays.copyOfRange(TWO_NUMBERS, 4, 12));
        assertThat(read("w.bin", null, null).graph().initializers().get(0).floats())
                .containsExactly(1, 2);
    }

    @Test
    void aFileOfMoreThanTwoGibibytesIsMappedInParts() throws IOException {
        long far = 3L << 30;
        try (RandomAccessFile file =
                new RandomAccessFile(folder.resolve("w.bin").toFile(), "rw")) {
            // Only what is written takes space.
            file.seek(far);
            file.write(TWO_NUMBERS);
        }
        OnnxTensor weight = read("w.bin", Long.toString(far + 4), "8")
                .graph()
                .initializers()
                .get(0);
        assertThat(weight.floats()).containsExactly(1, 2);
    }

    @Test
    void weightsWithinTheModelAreViewsOfTheMappedFile() throws IOException {
        Path file = folder.resolve("model.onnx");
        OnnxWriter.write(sample(1000), file);
        byte[] before = Files.readAllBytes(file);
        OnnxModel model = OnnxReader.read(file);
        assertThat(model).isEqualTo(sample(1000));
        assertThat(model.graph().initializers().get(0).data().isDirect()).isTrue();
        try (OnnxSession session = OnnxSession.open(model)) {
            assertThat(session.evaluate(Map.of("x", OnnxTensor.float32("x", List.of(1), 2)))
                            .get("y")
                            .size())
                    .isEqualTo(1000);
        }
        assertThat(Files.readAllBytes(file)).as("never written to").isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../secret",
                "inner/../../secret",
                "/etc/passwd",
                "link",
                "linked/secret",
                "pipe-or-device",
                "",
                ".",
                "missing",
                "nul\0byte",
                "/dev/zero"
            })
    void nothingOutsideTheFolderIsOpened(String location) throws IOException {
        Path outside = Files.createTempDirectory("outside");
        Path secret = Files.write(outside.resolve("secret"), TWO_NUMBERS);
        try {
            Files.createSymbolicLink(folder.resolve("link"), secret);
            Files.createSymbolicLink(folder.resolve("linked"), outside);
            Files.createSymbolicLink(folder.resolve("pipe-or-device"), Path.of("/dev/zero"));
            assertRefused(() -> read(location, null, null));
        } finally {
            Files.delete(secret);
            Files.delete(outside);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"5 8", "-1 8", "0 9223372036854775807", "9223372036854775807 8", "0 -8", "x 8", "4 y", "0 13"})
    void whatIsOutsideTheFileIsRefused(String place) throws IOException {
        Files.write(folder.resolve("w.bin"), TWO_NUMBERS);
        String[] numbers = place.split(" ", -1);
        assertRefused(() -> read("w.bin", numbers[0], numbers[1]));
    }

    @Test
    void aModelLargerThanTheThresholdIsWrittenWithItsWeightsBesideIt() throws IOException {
        Path file = folder.resolve("model.onnx");
        OnnxModel model = sample(100_000);
        OnnxWriter.write(model, file, 10_000);
        assertThat(Files.size(file)).isLessThan(1000);
        assertThat(OnnxReader.read(file)).isEqualTo(model);
        // What is read is a view of the very file that is written anew.
        OnnxModel view = OnnxReader.read(file);
        OnnxWriter.write(view, file, 10_000);
        assertThat(view).isEqualTo(model);
        assertThat(OnnxReader.read(file)).isEqualTo(model);
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(path -> path.getFileName().toString()))
                    .containsExactlyInAnyOrder("model.onnx", "model.onnx.data");
        }
    }

    @Test
    void aFolderOrNothingIsUnreadable() {
        for (Path path : List.of(folder, folder.resolve("missing.onnx"))) {
            assertThatExceptionOfType(SlipwayException.class)
                    .isThrownBy(() -> OnnxReader.read(path))
                    .matches(e -> e.code().equals("onnx.unreadable"));
        }
    }

    private static OnnxModel sample(int size) {
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = i;
        }
        return OnnxGraphBuilder.named("sample")
                .input("x", OnnxGraphBuilder.fixed(1))
                .initializer(OnnxTensor.float32("w", List.of(size), values))
                .node("Mul", List.of("x", "w"), "y")
                .output("y")
                .build();
    }

    private OnnxModel read(String location, String offset, String length) throws IOException {
        TensorProto.Builder tensor = TensorProto.newBuilder()
                .setName("w")
                .setDataType(1)
                .addDims(2)
                .setDataLocation(TensorProto.DataLocation.EXTERNAL)
                .addExternalData(entry("location", location));
        if (offset != null) {
            tensor.addExternalData(entry("offset", offset));
        }
        if (length != null) {
            tensor.addExternalData(entry("length", length));
        }
        ModelProto.Builder model = ModelProto.newBuilder()
                .setIrVersion(8)
                .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(17));
        model.getGraphBuilder()
                .setName("reader")
                .addInitializer(tensor)
                .addOutput(ValueInfoProto.newBuilder().setName("w"));
        Path file = Files.write(folder.resolve("model.onnx"), model.build().toByteArray());
        return OnnxReader.read(file);
    }

    private static StringStringEntryProto entry(String key, String value) {
        return StringStringEntryProto.newBuilder().setKey(key).setValue(value).build();
    }

    private static void assertRefused(ThrowingCallable reading) {
        assertThatExceptionOfType(SlipwayException.class).isThrownBy(reading).matches(e -> e.code()
                .equals("onnx.external-data"));
    }
}
