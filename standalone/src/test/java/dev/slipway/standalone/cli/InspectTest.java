package dev.slipway.standalone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InspectTest {
    @TempDir
    private Path folder;

    private Path model;

    @BeforeEach
    void writeModel() throws IOException {
        model = Files.write(folder.resolve("model.onnx"), Models.good());
    }

    @Test
    void anOnnxModelTellsInputsOperatorsAndSizes() {
        CommandResult text = CommandResult.of("inspect", model.toString());
        CommandResult json = CommandResult.of("inspect", model.toString(), "--json");

        assertThat(text.exitCode()).as(text.err()).isZero();
        assertThat(text.out())
                .contains("x: FLOAT32 [N, 3]", "p: FLOAT32 [N, 3]", "Gemm", "Softmax", "ai.onnx=17")
                .doesNotContain("Does not convert");
        assertThat(json.json()).containsEntry("obstacles", List.of()).containsEntry("name", "good");
        assertThat(list(json, "operators"))
                .contains(Map.of("operator", "Gemm", "count", 1, "parameters", 9, "bytes", 36));
    }

    @Test
    void whatWouldNotConvertIsTold() throws IOException {
        Path random = Files.write(folder.resolve("random.onnx"), Models.withRandomNumbers());

        CommandResult result = CommandResult.of("inspect", random.toString());

        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(result.out()).contains("Does not convert to TFLite:", "RandomNormalLike");
    }

    @ParameterizedTest
    @CsvSource({"tflite, SOFTMAX, TFLite", "ort, Gemm, ORT"})
    void convertedFilesTellTheSame(String ending, String operator, String format) {
        Path out = folder.resolve("out." + ending);
        assertThat(CommandResult.of("convert", model.toString(), "-o", out.toString())
                        .exitCode())
                .isZero();

        CommandResult result = CommandResult.of("inspect", out.toString());

        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(result.out()).contains(operator, format, "x: FLOAT32", "p: FLOAT32");
    }

    @Test
    void whatIsNoModelIsRefused() throws IOException {
        refused("missing.onnx", 4, "convert.no-model");
        Files.writeString(folder.resolve("notes.txt"), "no model");
        refused("notes.txt", 3, "model.ending");
        Files.writeString(folder.resolve("text.tflite"), "no model");
        refused("text.tflite", 3, "tflite.malformed");
        Files.writeString(folder.resolve("text.ort"), "no model");
        refused("text.ort", 3, "onnx.malformed");
        Files.createDirectory(folder.resolve("folder.onnx"));
        refused("folder.onnx", 3, "model.unreadable");
    }

    private void refused(String file, int exitCode, String code) {
        CommandResult result = CommandResult.of("inspect", folder.resolve(file).toString(), "--json");

        assertThat(result.exitCode()).as(file).isEqualTo(exitCode);
        assertThat(result.error()).as(file).containsEntry("code", code);
    }

    @SuppressWarnings("unchecked") // The values of an object in an object have no other type.
    private static List<Map<String, Object>> list(CommandResult result, String name) {
        return (List<Map<String, Object>>) result.json().get(name);
    }
}
