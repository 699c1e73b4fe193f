package dev.slipway.standalone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConvertBatchTest {
    @TempDir
    private Path folder;

    private Path cases;
    private Path out;

    @BeforeEach
    void writeCases() throws IOException {
        cases = folder.resolve("cases");
        out = folder.resolve("out");
        add("good", Models.good());
        add("random", Models.withRandomNumbers());
        add("torn", new byte[] {1, 2, 3});
        Files.createDirectories(cases.resolve("no-model"));
    }

    @Test
    void eachModelBecomesAFileOrAReason() throws IOException {
        CommandResult result = batch("--json");

        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(result.json())
                .containsEntry("cases", 3)
                .containsEntry("converted", 1)
                .containsEntry("refused", 2);
        assertThat(out.toFile().list()).containsExactlyInAnyOrder("good.tflite", "random.err", "torn.err");
        assertThat(out.resolve("random.err")).content().startsWith("edge.unsupported-operator: ");
        assertThat(out.resolve("torn.err")).content().startsWith("onnx.");
    }

    @Test
    void samplesOfACaseAreItsInputs() throws IOException {
        Npy.floats(cases.resolve("good").resolve("input_0.npy"), List.of(1, 4), 1, 2, 3, 4);

        batch();

        // The model takes three numbers, so that its sample can't be run.
        assertThat(out.resolve("good.err")).exists();
        assertThat(out.resolve("good.tflite")).doesNotExist();
    }

    @Test
    void whatThereIsAResultOfNeedNotBeDoneAgain() throws IOException {
        Files.createDirectories(out);
        Files.writeString(out.resolve("torn.err"), "as before");
        Files.writeString(out.resolve("good.tflite"), "as before");

        CommandResult resumed = batch("--resume");
        assertThat(resumed.exitCode()).as(resumed.err()).isZero();
        assertThat(out.resolve("torn.err")).hasContent("as before");
        assertThat(out.resolve("good.tflite")).hasContent("as before");
        assertThat(out.resolve("random.err")).exists();

        batch();
        assertThat(Files.size(out.resolve("good.tflite"))).isGreaterThan(100);
        assertThat(out.resolve("torn.err")).content().startsWith("onnx.");
    }

    @Test
    void aFolderWithoutModelsIsRefused() throws IOException {
        Path empty = Files.createDirectory(folder.resolve("empty"));

        CommandResult result = CommandResult.of("convert", "--batch", empty.toString(), out.toString());

        assertThat(result.exitCode()).isEqualTo(3);
        assertThat(result.err()).contains("[convert.no-cases]");
        assertThat(out).doesNotExist();
    }

    @Test
    void aFolderThatIsNotThereIsRefused() {
        CommandResult result =
                CommandResult.of("convert", "--batch", folder.resolve("nowhere").toString(), out.toString());

        assertThat(result.exitCode()).isEqualTo(3);
        assertThat(result.err()).contains("[edge.batch]");
    }

    private CommandResult batch(String... more) {
        return CommandResult.of(
                Stream.concat(Stream.of("convert", "--batch", cases.toString(), out.toString()), Stream.of(more))
                        .toArray(String[]::new));
    }

    private void add(String name, byte[] model) throws IOException {
        Files.write(Files.createDirectories(cases.resolve(name)).resolve("model.onnx"), model);
    }
}
