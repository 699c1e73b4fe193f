package dev.slipway.tflite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.slipway.kernel.SlipwayException;
import dev.slipway.tflite.run.InterpreterSettings;
import dev.slipway.tflite.run.TfliteInterpreter;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LargeFileTest {
    @TempDir
    private Path folder;

    @Test
    void aFileHasTheBytesThatAreWrittenToMemoryAndRunsMapped() throws IOException {
        Path file = folder.resolve("model.tflite");
        Files.writeString(file, "another file that is replaced");
        TfliteWriter.write(SampleModels.addition(), file);

        assertThat(file).hasBinaryContent(TfliteWriter.write(SampleModels.addition()));
        assertThat(TfliteReader.read(file)).isEqualTo(SampleModels.addition());
        try (TfliteInterpreter interpreter = TfliteInterpreter.open(file, InterpreterSettings.plain())) {
            assertThat(interpreter
                            .evaluate(Map.of("left", TensorData.ofFloats(List.of(1, 3), 1, 1, 1)))
                            .get("sum")
                            .floats())
                    .containsExactly(2, 3, 4);
        }
        assertThat(files()).containsExactly(file);
    }

    @Test
    void whatCannotBeWrittenLeavesNothingBehind() throws IOException {
        Path taken = Files.createDirectories(folder.resolve("taken/by/a folder"));
        assertThatExceptionOfType(SlipwayException.class)
                .isThrownBy(() -> TfliteWriter.write(SampleModels.addition(), folder.resolve("taken")))
                .matches(e -> e.code().equals("tflite.write"));
        assertThatExceptionOfType(SlipwayException.class)
                .isThrownBy(() -> TfliteWriter.write(SampleModels.addition(), folder.resolve("missing/model.tflite")))
                .matches(e -> e.code().equals("tflite.write"));
        assertThat(taken).exists();
        assertThat(files()).containsExactly(folder.resolve("taken"));
    }

    @Test
    void twoGibibytesAreRefusedBeforeAnythingIsWritten() throws IOException {
        ByteBuffer shared = ByteBuffer.allocate(64 << 20);
        List<ByteBuffer> parts = new ArrayList<>();
        for (int i = 0; i < 33; i++) {
            parts.add(shared.slice(0, shared.capacity() - i));
        }
        Path file = folder.resolve("model.tflite");
        assertThatExceptionOfType(SlipwayException.class)
                .isThrownBy(() -> TfliteWriter.write(modelOf(parts), file))
                .matches(e -> e.code().equals("tflite.too-large"));
        assertThat(files()).isEmpty();
    }

    @Test
    void aFileOfTwoGibibytesIsNotRead() throws IOException {
        Path file = folder.resolve("huge.tflite");
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength(1L << 31);
        }
        assertThatExceptionOfType(SlipwayException.class)
                .isThrownBy(() -> TfliteReader.read(file))
                .matches(e -> e.code().equals("tflite.too-large"));
    }

    @Test
    void manyBuffersOfOneSizeAreStoredOnceIfEqualAndAlignedAnyway() {
        Random random = new Random(7);
        List<ByteBuffer> parts = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            byte[] bytes = new byte[1000];
            random.nextBytes(bytes);
            parts.add(ByteBuffer.wrap(bytes));
            parts.add(ByteBuffer.wrap(bytes.clone()));
        }
        TfliteModel model = modelOf(parts);
        byte[] file = TfliteWriter.write(model);
        assertThat(file.length).isBetween(300 * 1000, 300 * 1000 + 100_000);
        assertThat(TfliteReader.read(file)).isEqualTo(model);
    }

    @Test
    void anEmptyConstantStaysOne() {
        TfliteModel model = modelOf(List.of(ByteBuffer.allocate(0), ByteBuffer.allocate(3)));
        assertThat(TfliteReader.read(TfliteWriter.write(model))).isEqualTo(model);
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }

    private static TfliteModel modelOf(List<ByteBuffer> contents) {
        List<TfliteTensor> tensors = contents.stream()
                .map(bytes -> TfliteTensor.constant("c", TensorType.INT8, List.of(bytes.remaining()), bytes))
                .toList();
        return new TfliteModel(
                "", List.of(new TfliteSubgraph("main", tensors, List.of(), List.of(), List.of())), List.of(), Map.of());
    }
}
