package dev.slipway.standalone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.tflite.TfliteModel;
import dev.slipway.tflite.TfliteReader;
import dev.slipway.tflite.TfliteSignature;
import dev.slipway.tflite.TfliteWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VerifyTest {
    @TempDir
    private Path folder;

    private Path model;

    @BeforeEach
    void writeModel() throws IOException {
        model = Files.write(folder.resolve("model.onnx"), Models.good());
    }

    @ParameterizedTest
    @ValueSource(strings = {"tflite", "ort"})
    void ownFilesComputeTheSame(String ending) {
        CommandResult result = verify(model, converted(model, "out." + ending));

        assertThat(result.exitCode()).as(result.err()).isZero();
    }

    @Test
    void anOnnxFileIsComparedToo() {
        CommandResult result = verify(model, model, "--json");

        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(result.json()).containsEntry("passed", true);
    }

    @Test
    void anotherModelsFileIsFoundOut() throws IOException {
        Path other = converted(Files.write(folder.resolve("other.onnx"), Models.better()), "other.tflite");
        Path report = folder.resolve("report.html");

        CommandResult result = verify(model, other, "--json", "--report", report.toString());

        assertThat(result.exitCode()).isEqualTo(5);
        assertThat(result.json()).containsEntry("passed", false);
        assertThat(result.error()).containsEntry("code", "verify.parity");
        assertThat(report).content().startsWith("<!doctype html>");
    }

    @Test
    void theFirstTensorWhereTheErrorJumpsIsNamed() throws IOException {
        Path other = converted(Files.write(folder.resolve("other.onnx"), Models.better()), "other.tflite");

        CommandResult good = verify(model, converted(model, "out.tflite"), "--per-tensor");
        CommandResult bad = verify(model, other, "--per-tensor", "--json");

        assertThat(good.exitCode()).as(good.err()).isZero();
        assertThat(good.out()).contains("y (FULLY_CONNECTED)", "the error jumps nowhere");
        assertThat(bad.exitCode()).isEqualTo(5);
        assertThat(bad.json()).containsEntry("firstJump", "y").containsKey("tensors");
        assertThat(verify(model, model, "--per-tensor").err()).contains("[verify.per-tensor]");
    }

    @Test
    void namesThatDifferAreMatchedByPlace() throws IOException {
        TfliteModel own = TfliteReader.read(converted(model, "out.tflite"));
        Path renamed = folder.resolve("renamed.tflite");
        TfliteSignature signature = new TfliteSignature(
                "other",
                0,
                Map.of("serving_default_x:0", own.entry().inputs().get(0)),
                Map.of("PartitionedCall:0", own.entry().outputs().get(0)));
        Files.write(
                renamed,
                TfliteWriter.write(
                        new TfliteModel(own.description(), own.subgraphs(), List.of(signature), own.metadata())));

        CommandResult result = verify(model, renamed);

        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(result.out()).contains("'serving_default_x:0' was taken for 'x', by its place");
    }

    @Test
    void channelsLastIsFoundByTheShapes() throws IOException {
        Path image = Files.write(folder.resolve("image.onnx"), Models.convolution());
        Path out = folder.resolve("image.tflite");
        CommandResult.of(
                "convert", image.toString(), "-o", out.toString(), "--layout", "nhwc", "--shape", "image=1,3,8,10");

        CommandResult result = verify(image, out, "--shape", "image=1,3,8,10");

        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(result.out()).contains("NHWC");
    }

    @Test
    void filesThatCannotBeComparedAreRefused() throws IOException {
        Path wide = converted(Files.write(folder.resolve("wide.onnx"), Models.wide()), "wide.tflite");

        assertThat(verify(model, folder.resolve("missing.tflite")).exitCode()).isEqualTo(4);
        assertThat(verify(folder.resolve("missing.onnx"), wide).exitCode()).isEqualTo(4);
        assertThat(verify(model, Files.writeString(folder.resolve("a.txt"), "text"))
                        .exitCode())
                .isEqualTo(3);
        assertThat(verify(model, wide).exitCode()).isEqualTo(3);
        assertThat(verify(model, wide, "--report", "report.pdf").err()).contains("[convert.report]");
    }

    private Path converted(Path onnx, String name) {
        Path out = folder.resolve(name);
        CommandResult result = CommandResult.of("convert", onnx.toString(), "-o", out.toString());
        assertThat(result.exitCode()).as(result.err()).isZero();
        return out;
    }

    private static CommandResult verify(Path model, Path file, String... more) {
        String[] arguments = new String[more.length + 3];
        arguments[0] = "verify";
        arguments[1] = model.toString();
        arguments[2] = file.toString();
        System.arraycopy(more, 0, arguments, 3, more.length);
        return CommandResult.of(arguments);
    }
}
