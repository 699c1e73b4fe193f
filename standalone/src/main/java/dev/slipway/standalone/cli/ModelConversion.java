package dev.slipway.standalone.cli;

import dev.slipway.edge.ConversionOptions;
import dev.slipway.edge.ConversionResult;
import dev.slipway.edge.Converter;
import dev.slipway.edge.EdgeRunner;
import dev.slipway.edge.Evaluation;
import dev.slipway.edge.FixedShapes;
import dev.slipway.edge.Target;
import dev.slipway.edge.data.ImageFormat;
import dev.slipway.edge.data.SampleSource;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.onnx.OnnxModel;
import dev.slipway.onnx.run.RequiredOperators;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Converts one model, writes what was asked for and tells of it; there is a file only of what was verified. */
final class ModelConversion {
    private final Path file;
    private final Destination destination;
    private final ConversionOptions options;
    private final SampleOptions samples;
    private final MetadataOptions metadata;
    private final Output output;
    private final Optional<Path> labels;
    private final Optional<Path> requiredOperators;

    ModelConversion(
            Path file,
            Destination destination,
            ConversionOptions options,
            SampleOptions samples,
            MetadataOptions metadata,
            Output output) {
        this(file, destination, options, samples, metadata, output, Optional.empty(), Optional.empty());
    }

    private ModelConversion(
            Path file,
            Destination destination,
            ConversionOptions options,
            SampleOptions samples,
            MetadataOptions metadata,
            Output output,
            Optional<Path> labels,
            Optional<Path> requiredOperators) {
        this.file = file;
        this.destination = destination;
        this.options = options;
        this.samples = samples;
        this.metadata = metadata;
        this.output = output;
        this.labels = labels;
        this.requiredOperators = requiredOperators;
    }

    /** Also tells how often the classes in this file are found. */
    ModelConversion withLabels(Optional<Path> classes) {
        return new ModelConversion(
                file, destination, options, samples, metadata, output, classes, requiredOperators);
    }

    /** Also writes the list of operators that a reduced build of ONNX Runtime needs. */
    ModelConversion withRequiredOperators(Optional<Path> list) {
        return new ModelConversion(file, destination, options, samples, metadata, output, labels, list);
    }

    void run() {
        checkTarget();
        OnnxModel model = ModelFile.onnx(file);
        destination.keep(file, written());
        List<Made> made;
        try (ConversionSteps steps = ConversionSteps.onStandardError(output)) {
            steps.begin("reading samples");
            OnnxModel shaped = FixedShapes.apply(model, options.inputShapes());
            Optional<SampleSource> source = samples.source(shaped);
            steps.begin("converting " + file.getFileName() + " to " + destination.target());
            long start = System.nanoTime();
            ConversionResult result =
                    new Converter().convert(model, options.withSamples(SampleOptions.compared(source)));
            double seconds = (System.nanoTime() - start) / 1e9;
            steps.begin("writing");
            made = List.of(finish(shaped, source, result, seconds));
        }
        tell(made);
    }

    /** What is only possible for one of the targets is refused for the others. */
    private void checkTarget() {
        if (metadata.given() && destination.target() != Target.TFLITE) {
            throw SlipwayException.invalid(
                    "convert.metadata", "Only TFLite files take metadata and the names of classes.");
        }
        if (requiredOperators.isPresent() && destination.target() != Target.ORT) {
            throw SlipwayException.invalid(
                    "convert.required-operators",
                    "The list of required operators is for reduced builds of ONNX Runtime, which load .ort files.");
        }
    }

    private List<Path> written() {
        List<Path> files = new ArrayList<>();
        files.add(destination.file(options.precision()));
        requiredOperators.ifPresent(files::add);
        return files;
    }

    private Made finish(
            OnnxModel model, Optional<SampleSource> source, ConversionResult result, double seconds) {
        Optional<Evaluation> accuracy = labels.map(classes -> evaluate(model, source.orElseThrow(), result, classes));
        byte[] bytes = metadata.given() ? described(model, result) : result.file();
        Path path = destination.file(result.precision());
        AtomicFile.write(path, bytes);
        requiredOperators.ifPresent(list -> AtomicFile.write(
                list, RequiredOperators.of(List.of(ByteBuffer.wrap(bytes))).getBytes(StandardCharsets.UTF_8)));
        return new Made(result, path, bytes.length, seconds, accuracy);
    }

    private byte[] described(OnnxModel model, ConversionResult result) {
        Optional<ImageFormat> format =
                samples.normalises() ? Optional.of(samples.format(model)) : Optional.empty();
        return metadata.describe(result.file(), model.graph().name(), format);
    }

    private Evaluation evaluate(OnnxModel model, SampleSource source, ConversionResult result, Path classes) {
        long[] expected = Evaluation.labels(classes);
        try (EdgeRunner runner =
                EdgeRunner.open(result.target(), result.file()).in(options.layout())) {
            return Evaluation.of(model, runner, source, expected);
        }
    }

    private void tell(List<Made> made) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("model", file.toString());
        object.put("target", destination.target().name());
        object.put("results", made.stream().map(Made::toObject).toList());
        output.print(object, String.join(System.lineSeparator(), made.stream().map(Made::toText).toList()));
    }

    /** One file that was written. */
    private record Made(
            ConversionResult result, Path path, long size, double seconds, Optional<Evaluation> accuracy) {

        Map<String, Object> toObject() {
            Map<String, Object> object = new LinkedHashMap<>();
            object.put("precision", result.precision().name());
            object.put("output", path.toString());
            object.put("size", size);
            object.put("maxError", result.parity().maximumError());
            object.put("runs", result.parity().runs());
            object.put("seconds", seconds);
            object.put("operators", result.operators());
            accuracy.ifPresent(measured -> {
                object.put("onnxAccuracy", measured.onnxAccuracy());
                object.put("accuracy", measured.convertedAccuracy());
            });
            return object;
        }

        String toText() {
            String text = String.format(
                    Locale.ROOT,
                    "Wrote %s: %,d bytes, %s, within %.2g of ONNX Runtime in %d runs, %.2f s%s",
                    path,
                    size,
                    result.precision(),
                    result.parity().maximumError(),
                    result.parity().runs(),
                    seconds,
                    result.operators().isEmpty() ? "" : ", operators " + result.operators());
            return text
                    + accuracy.map(measured -> String.format(
                                    Locale.ROOT,
                                    "%nOf %,d samples right: %.2f %% before, %.2f %% after conversion",
                                    measured.rows(),
                                    100 * measured.onnxAccuracy(),
                                    100 * measured.convertedAccuracy()))
                            .orElse("");
        }
    }
}
