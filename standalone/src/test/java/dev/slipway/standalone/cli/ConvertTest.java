package dev.slipway.standalone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.kernel.tensor.Tensor;
import dev.slipway.tflite.run.TfliteInterpreter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConvertTest {
    @TempDir
    private Path folder;

    private Path model;

    @BeforeEach
    void writeModel() throws IOException {
        model = Files.write(folder.resolve("model.onnx"), Models.good());
    }

    @Test
    void theTfliteFileRunsAndTheInputIsAsItWas() throws IOException {
        Path out = folder.resolve("model.tflite");

        CommandResult result = convert(model, out);

        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(result.out()).startsWith("Wrote " + out).contains("SOFTMAX");
        assertThat(Files.readAllBytes(model)).isEqualTo(Models.good());
        assertThat(files()).containsExactly("model.onnx", "model.tflite");
        try (TfliteInterpreter interpreter = TfliteInterpreter.open(Files.readAllBytes(out))) {
            float[] probabilities = interpreter
                    .run(new Tensor(List.of(1, 3), new float[] {1, 2, 3}))
                    .values();
            assertThat(probabilities).hasSize(3);
            assertThat(sum(probabilities)).isBetween(0.999f, 1.001f);
        }
    }

    @Test
    void theOrtFileIsOnnxRuntimesOwnFormat() throws IOException {
        Path out = folder.resolve("model.ort");

        CommandResult result = convert(model, out);

        assertThat(result.exitCode()).as(result.err()).isZero();
        // The identifier of the format's flatbuffers.
        assertThat(new String(Files.readAllBytes(out), 4, 4, StandardCharsets.US_ASCII))
                .isEqualTo("ORTM");
        assertThat(Files.readAllBytes(model)).isEqualTo(Models.good());
    }

    @Test
    void scriptsGetAnObject() throws IOException {
        Path out = folder.resolve("model.tflite");

        CommandResult result = convert(model, out, "--json");

        assertThat(result.json()).containsOnlyKeys("target", "output", "size", "maxError", "operators");
        assertThat(result.json())
                .containsEntry("target", "TFLITE")
                .containsEntry("output", out.toString())
                .hasEntrySatisfying(
                        "size", size -> assertThat(((Number) size).longValue()).isEqualTo(length(out)))
                .hasEntrySatisfying("maxError", error -> assertThat(((Number) error).doubleValue())
                        .isBetween(0.0, 1e-4));
        assertThat(result.err()).isEmpty();
    }

    @Test
    void whatWasThereIsReplacedByAGoodFileOnly() throws IOException {
        Path out = Files.writeString(folder.resolve("model.tflite"), "what was there");

        refused(3, "edge.unsupported-operator", write("einsum.onnx", Models.withEinsum()), out);
        assertThat(out).hasContent("what was there");

        assertThat(convert(model, out).exitCode()).isZero();
        assertThat(Files.size(out)).isGreaterThan(100);
    }

    @Test
    void aMissingFileIsNotFound() {
        Path missing = folder.resolve("missing.onnx");

        assertThat(refused(4, "convert.no-model", missing, folder.resolve("out.tflite")))
                .contains(missing.toString());
        assertThat(files()).containsExactly("model.onnx");
    }

    @ParameterizedTest
    @ValueSource(strings = {"out.tflite", "out.ort"})
    void aFileThatIsNoModelIsRefused(String out) throws IOException {
        Path text = write("text.onnx", "no model at all".getBytes(StandardCharsets.UTF_8));
        Path torn = write("torn.onnx", Arrays.copyOf(Models.good(), Models.good().length / 2));
        Path empty = write("empty.onnx", new byte[0]);

        for (Path corrupt : new Path[] {text, torn, empty}) {
            CommandResult result = convert(corrupt, folder.resolve(out), "--json");

            assertThat(result.exitCode()).as("%s: %s", corrupt, result.err()).isEqualTo(3);
            assertThat(result.error().get("code").toString()).as("%s", corrupt).startsWith("onnx.");
        }
        assertThat(files()).containsExactly("empty.onnx", "model.onnx", "text.onnx", "torn.onnx");
    }

    @Test
    void anOperatorThatCannotBeConvertedIsNamed() throws IOException {
        Path einsum = write("einsum.onnx", Models.withEinsum());

        String message = refused(3, "edge.unsupported-operator", einsum, folder.resolve("out.tflite"));

        assertThat(message).contains("node 'Einsum_y'", "(Einsum, opset 17)");
        assertThat(files()).containsExactly("einsum.onnx", "model.onnx");
    }

    @ParameterizedTest
    @ValueSource(strings = {"out.txt", "out", "out.onnx", ".."})
    void anEndingThatNamesNoTargetIsRefused(String out) {
        assertThat(refused(3, "convert.output", model, folder.resolve(out))).contains(".tflite", ".ort");
        assertThat(files()).containsExactly("model.onnx");
    }

    @Test
    void theModelIsNeverOverwritten() throws IOException {
        Path misnamed = write("model.tflite", Models.good());

        refused(3, "convert.output", misnamed, folder.resolve(".").resolve("model.tflite"));

        assertThat(Files.readAllBytes(misnamed)).isEqualTo(Models.good());
    }

    @Test
    void aFolderThatIsNotThereIsNotMade() {
        Path out = folder.resolve("nowhere").resolve("out.tflite");

        assertThat(refused(7, "file.unwritable", model, out)).contains(out.toString(), "folder");
        assertThat(files()).containsExactly("model.onnx");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "NaN"})
    void aToleranceThatNothingMeetsIsRefused(String tolerance) {
        CommandResult result = convert(model, folder.resolve("out.tflite"), "--tolerance", tolerance);

        assertThat(result.exitCode()).as(result.err()).isEqualTo(3);
        assertThat(files()).containsExactly("model.onnx");
    }

    private static CommandResult convert(Path model, Path out, String... more) {
        return CommandResult.of(
                Stream.concat(Stream.of("convert", model.toString(), "-o", out.toString()), Stream.of(more))
                        .toArray(String[]::new));
    }

    /** The message of a refusal, which is the same for people and for scripts. */
    private static String refused(int exitCode, String code, Path model, Path out) {
        CommandResult text = convert(model, out);
        CommandResult json = convert(model, out, "--json");

        assertThat(text.exitCode()).as(text.err()).isEqualTo(exitCode);
        assertThat(json.exitCode()).isEqualTo(exitCode);
        assertThat(text.out() + json.out()).isEmpty();
        assertThat(json.error()).containsOnlyKeys("kind", "code", "message").containsEntry("code", code);
        String message = json.error().get("message").toString();
        assertThat(text.err()).contains("slipway: ", message, "[" + code + "]");
        return message;
    }

    private Path write(String name, byte[] bytes) throws IOException {
        return Files.write(folder.resolve(name), bytes);
    }

    private Stream<String> files() {
        return Stream.of(folder.toFile().list()).sorted();
    }

    private static long length(Path file) {
        return file.toFile().length();
    }

    private static float sum(float[] values) {
        float sum = 0;
        for (float value : values) {
            sum += value;
        }
        return sum;
    }
}
