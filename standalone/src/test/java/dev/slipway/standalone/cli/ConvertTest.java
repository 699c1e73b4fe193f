package dev.slipway.standalone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.kernel.tensor.Tensor;
import dev.slipway.tflite.TensorType;
import dev.slipway.tflite.run.TfliteInterpreter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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

        assertThat(result.json()).containsOnlyKeys("model", "target", "seconds", "results");
        assertThat(result.json()).containsEntry("target", "TFLITE").containsEntry("model", model.toString());
        assertThat(results(result)).singleElement().satisfies(one -> assertThat(one)
                .containsOnlyKeys("precision", "output", "size", "maxError", "runs", "cosine", "operators")
                .containsEntry("precision", "FP32")
                .containsEntry("output", out.toString())
                .hasEntrySatisfying(
                        "size", size -> assertThat(((Number) size).longValue()).isEqualTo(length(out)))
                .hasEntrySatisfying("maxError", error -> assertThat(((Number) error).doubleValue())
                        .isBetween(0.0, 1e-4)));
        assertThat(result.err()).isEmpty();
    }

    @Test
    void whatWasThereIsReplacedByAGoodFileOnly() throws IOException {
        Path out = Files.writeString(folder.resolve("model.tflite"), "what was there");

        refused(3, "edge.unsupported-operator", write("random.onnx", Models.withRandomNumbers()), out);
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
        Path random = write("random.onnx", Models.withRandomNumbers());

        String message = refused(3, "edge.unsupported-operator", random, folder.resolve("out.tflite"));

        assertThat(message).contains("RandomNormalLike");
        assertThat(files()).containsExactly("model.onnx", "random.onnx");
    }

    @ParameterizedTest
    @ValueSource(strings = {"out.txt", "out", ".hidden"})
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
        assertThat(result.err()).contains("[edge.options]");
        assertThat(files()).containsExactly("model.onnx");
    }

    @Test
    void aFolderTakesTheModelsName() throws IOException {
        Path made = Files.createDirectory(folder.resolve("made"));

        assertThat(convert(model, made).exitCode()).isZero();
        assertThat(convert(model, made, "--target", "ort").exitCode()).isZero();
        assertThat(convert(model, folder.resolve("other"), "--target", "ort").exitCode())
                .isZero();

        assertThat(made.toFile().list()).containsExactlyInAnyOrder("model.tflite", "model.ort");
        assertThat(folder.resolve("other.ort")).exists();
    }

    @Test
    void severalPrecisionsAreSeveralFiles() throws IOException {
        Path wide = write("wide.onnx", Models.wide());

        CommandResult result =
                convert(wide, folder.resolve("wide.tflite"), "--precision", "fp32,fp16,dynamic", "--json");

        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(files())
                .containsExactly(
                        "model.onnx", "wide-dynamic.tflite", "wide-fp16.tflite", "wide-fp32.tflite", "wide.onnx");
        long whole = length(folder.resolve("wide-fp32.tflite"));
        assertThat(length(folder.resolve("wide-fp16.tflite"))).isLessThan(whole * 2 / 3);
        assertThat(length(folder.resolve("wide-dynamic.tflite"))).isLessThan(whole / 2);
        assertThat(results(result)).extracting(one -> one.get("precision")).containsExactly("FP32", "FP16", "DYNAMIC");
    }

    @Test
    void integersAreFoundOnCalibrationData() throws IOException {
        Path image = write("image.onnx", Models.convolution());
        float[] pixels = new float[4 * 3 * 8 * 10];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (i % 17) / 17f;
        }
        Path data = Npy.floats(folder.resolve("data.npy"), List.of(4, 3, 8, 10), pixels);

        CommandResult result = convert(
                image,
                folder.resolve("image.tflite"),
                "--precision",
                "int8,int16x8",
                "--shape",
                "image=1,3,8,10",
                "--calibration",
                data.toString(),
                "--range",
                "mse",
                "--io",
                "int8");

        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(result.out()).doesNotContain("random");
        try (TfliteInterpreter interpreter =
                TfliteInterpreter.open(Files.readAllBytes(folder.resolve("image-int8.tflite")))) {
            assertThat(interpreter.inputs().get(0).type()).isEqualTo(TensorType.INT8);
        }
        assertThat(folder.resolve("image-int16x8.tflite")).exists();
    }

    @Test
    void anOnnxFileTakesAnotherPrecision() throws IOException {
        Path wide = write("wide.onnx", Models.wide());
        Path out = folder.resolve("small.onnx");

        CommandResult result = convert(wide, out, "--precision", "fp16");

        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(length(out)).isLessThan(length(wide) * 2 / 3);
    }

    @Test
    void rangesOfRandomInputsAreWarnedOf() throws IOException {
        Path wide = write("wide.onnx", Models.wide());

        CommandResult result = convert(wide, folder.resolve("wide.tflite"), "--precision", "int8");

        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(result.out()).contains("random inputs");
    }

    @Test
    void anAccuracyThatIsNotReachedLeavesAReportAndNoFile() throws IOException {
        Path wide = write("wide.onnx", Models.wide());

        CommandResult result = convert(
                wide,
                folder.resolve("wide.tflite"),
                "--precision",
                "dynamic",
                "--min-cosine",
                "1",
                "--trials",
                "0",
                "--report",
                folder.resolve("report.html").toString(),
                "--report",
                folder.resolve("report.json").toString());

        assertThat(result.exitCode()).as(result.err()).isEqualTo(3);
        assertThat(result.err()).contains("[edge.parity]");
        assertThat(result.out()).contains("DYNAMIC: FAILED", "maximum error", "the error first jumps at y");
        assertThat(files()).containsExactly("model.onnx", "report.html", "report.json", "wide.onnx");
        assertThat(folder.resolve("report.html")).content().contains("FAILED", "first jumps at <b>y</b>");
        assertThat(folder.resolve("report.json"))
                .content()
                .contains("\"passed\" : false", "\"firstJump\" : \"y\"", "\"failure\"");
    }

    @Test
    void whatStayedFloatIsNamed() throws IOException {
        Path wide = write("wide.onnx", Models.wide());

        CommandResult result = convert(
                wide, folder.resolve("wide.tflite"), "--precision", "int8", "--min-cosine", "0.99999", "--json");

        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(result.out())
                .containsPattern("\"keptFloat\" *: *\\[ *\"y\" *\\]")
                .contains("stayed float");
    }

    @Test
    void aFloatResultOutOfToleranceIsReportedToo() throws IOException {
        Path wide = write("wide.onnx", Models.wide());

        CommandResult result = convert(wide, folder.resolve("wide.tflite"), "--tolerance", "0");

        assertThat(result.exitCode()).as(result.err()).isEqualTo(3);
        assertThat(result.err()).contains("[edge.parity]");
        assertThat(result.out()).contains("FP32: FAILED");
        assertThat(files()).containsExactly("model.onnx", "wide.onnx");
    }

    @Test
    void whatCanBeMadeIsMadeWhereAnotherPrecisionFails() throws IOException {
        Path wide = write("wide.onnx", Models.wide());

        CommandResult result = convert(
                wide,
                folder.resolve("wide.tflite"),
                "--precision",
                "dynamic,fp32",
                "--min-cosine",
                "1",
                "--trials",
                "0",
                "--json");

        assertThat(result.exitCode()).as(result.err()).isEqualTo(3);
        assertThat(result.err()).contains("edge.parity").contains("DYNAMIC: ");
        assertThat(results(result)).extracting(one -> one.get("precision")).containsExactly("FP32");
        assertThat(result.out())
                .contains("\"refused\":[{\"precision\":\"DYNAMIC\",\"code\":\"edge.parity\"", "\"firstJump\":\"y\"");
        assertThat(files()).containsExactly("model.onnx", "wide-fp32.tflite", "wide.onnx");
    }

    @Test
    void aShapeIsFixedAndTheLayoutChosen() throws IOException {
        Path image = write("image.onnx", Models.convolution());
        Path out = folder.resolve("image.tflite");

        CommandResult result = convert(image, out, "--shape", "image=1,3,8,10", "--layout", "nhwc");

        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(result.out()).contains("CONV_2D").doesNotContain("TRANSPOSE");
        try (TfliteInterpreter interpreter = TfliteInterpreter.open(Files.readAllBytes(out))) {
            assertThat(interpreter.inputs().get(0).shape()).containsExactly(1, 8, 10, 3);
            assertThat(interpreter.inputs().get(0).name()).isEqualTo("image");
        }
    }

    @Test
    void samplesAreWhatResultsAreComparedOnAndLabelsTellTheAccuracy() throws IOException {
        Path samples = Npy.floats(folder.resolve("x.npy"), List.of(3, 3), 1, 2, 3, 3, 2, 1, 0, 0, 9);
        Path labels = Npy.integers(folder.resolve("labels.npy"), 0, 1, 2);
        Path out = folder.resolve("out.tflite");

        CommandResult result =
                convert(model, out, "--samples", "x=" + samples, "--labels", labels.toString(), "--json");

        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(results(result)).singleElement().satisfies(one -> {
            assertThat(((Number) one.get("runs")).intValue()).isEqualTo(3);
            assertThat(one.get("accuracy")).isEqualTo(one.get("onnxAccuracy"));
        });
    }

    @Test
    void theAccuracyMayDropAsFarAsIsSaid() throws IOException {
        Path samples = Npy.floats(folder.resolve("x.npy"), List.of(3, 3), 1, 2, 3, 3, 2, 1, 0, 0, 9);
        Path labels = Npy.integers(folder.resolve("labels.npy"), 0, 1, 2);
        Path out = folder.resolve("out.tflite");
        String[] asked = {
            "--samples", "x=" + samples, "--labels", labels.toString(), "--precision", "int8", "--max-accuracy-drop"
        };

        CommandResult loose = convert(model, out, and(asked, "1"));
        CommandResult wrong = convert(model, out, and(asked, "1.5"));
        CommandResult unlabelled = convert(model, out, "--precision", "int8", "--max-accuracy-drop", "0.1");

        assertThat(loose.exitCode()).as(loose.err()).isZero();
        assertThat(loose.out()).contains("Of 3 samples right");
        assertThat(wrong.err()).contains("[edge.options]");
        assertThat(unlabelled.exitCode()).isEqualTo(2);
    }

    private static String[] and(String[] arguments, String last) {
        String[] all = Arrays.copyOf(arguments, arguments.length + 1);
        all[arguments.length] = last;
        return all;
    }

    @ParameterizedTest
    @CsvSource({
        "--samples missing.npz, 4, convert.no-samples",
        "--samples model.onnx, 3, edge.numpy",
        "--shape y=1;3, 3, edge.input",
        "--shape x=1;4, 3, ''",
        "--metadata nickname=x, 3, convert.metadata",
        "--label-names missing.txt, 4, convert.labels",
        "--required-operators ops.config, 3, convert.required-operators",
        "--target ort, 3, convert.output",
        "--report report.pdf, 3, convert.report",
        "--min-cosine 2 --precision fp16, 3, edge.options"
    })
    void whatDoesNotFitIsRefused(String options, int exitCode, String code) {
        String[] words = Stream.of(options.replace(';', ',').split(" "))
                .map(word -> word.startsWith("missing.") || word.equals("model.onnx") || word.equals("ops.config")
                        ? folder.resolve(word).toString()
                        : word)
                .toArray(String[]::new);

        CommandResult result = convert(model, folder.resolve("out.tflite"), words);

        assertThat(result.exitCode()).as(result.err()).isEqualTo(exitCode);
        assertThat(result.err()).contains(code);
        assertThat(files()).containsExactly("model.onnx");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--shape x",
                "--shape x=1,none",
                "--shape x=0,3",
                "--precision fp8",
                "--precision fp32,fp32",
                "--layout nwhc",
                "--target elf",
                "--labels labels.npy",
                "--resume",
                "--range mse",
                "--io int4 --precision int8",
                "--calibration x.npy --precision fp16",
                "--min-cosine 0.9",
                "--batch",
                "another.onnx"
            })
    void wrongUsageIsTold(String options) {
        CommandResult result = convert(model, folder.resolve("out.tflite"), options.split(" "));

        assertThat(result.exitCode()).as(result.err()).isEqualTo(2);
        assertThat(files()).containsExactly("model.onnx");
    }

    @Test
    void aTfliteFileSaysWhatItIs() throws IOException {
        Path names = Files.write(folder.resolve("names.txt"), List.of("cat", "dog", "bird"));
        Path out = folder.resolve("out.tflite");

        CommandResult result = convert(
                model,
                out,
                "--metadata",
                "name=Animals",
                "--metadata",
                "author=A. N. Author",
                "--label-names",
                "" + names);

        assertThat(result.exitCode()).as(result.err()).isZero();
        String text = Files.readString(out, StandardCharsets.ISO_8859_1);
        assertThat(text).contains("TFLITE_METADATA", "Animals", "A. N. Author", "labels.txt", "cat\ndog\nbird");
        try (TfliteInterpreter interpreter = TfliteInterpreter.open(Files.readAllBytes(out))) {
            assertThat(interpreter.outputs()).hasSize(1);
        }
    }

    @Test
    void reportsTellHowCloseEveryTensorIs() throws IOException {
        Path page = folder.resolve("report.html");
        Path object = folder.resolve("report.json");
        Path text = folder.resolve("report.txt");

        CommandResult result = convert(
                model,
                folder.resolve("out.tflite"),
                "--per-tensor",
                "--report",
                page.toString(),
                "--report",
                object.toString(),
                "--report",
                text.toString());

        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(page).content().startsWith("<!doctype html>").contains("model.onnx");
        assertThat(CommandResult.parse(Files.readString(object))).containsEntry("passed", true);
        assertThat(text).content().contains("FP32", "SOFTMAX");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nowhere/out.tflite", "folder.tflite", "out.tflite --report nowhere/report.html"})
    void whereNothingCanBeWrittenIsToldBeforeTheWork(String out) throws IOException {
        Files.createDirectory(folder.resolve("folder.tflite"));
        Files.createDirectory(folder.resolve("folder.tflite/model.tflite"));
        List<String> arguments = Stream.concat(Stream.of("convert", "model.onnx", "-o"), Stream.of(out.split(" ")))
                .map(word -> word.contains(".") ? folder.resolve(word).toString() : word)
                .toList();

        CommandResult result = CommandResult.of(arguments.toArray(String[]::new));

        assertThat(result.exitCode()).as(result.err()).isEqualTo(7);
        assertThat(result.err()).contains("[file.unwritable]");
        assertThat(files()).containsExactlyInAnyOrder("model.onnx", "folder.tflite");
    }

    @Test
    void aReducedBuildIsToldWhatItNeeds() {
        Path list = folder.resolve("required.config");

        CommandResult result = convert(model, folder.resolve("out.ort"), "--required-operators", list.toString());

        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(list).content().contains("ai.onnx;", "Gemm", "Softmax");
    }

    @SuppressWarnings("unchecked") // The values of an object in an object have no other type.
    private static List<Map<String, Object>> results(CommandResult result) {
        return (List<Map<String, Object>>) result.json().get("results");
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
