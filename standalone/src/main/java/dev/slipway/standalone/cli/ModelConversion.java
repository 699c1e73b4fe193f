package dev.slipway.standalone.cli;

import dev.slipway.edge.ConversionOptions;
import dev.slipway.edge.ConversionOutcome;
import dev.slipway.edge.ConversionResult;
import dev.slipway.edge.Converter;
import dev.slipway.edge.EdgeRunner;
import dev.slipway.edge.Evaluation;
import dev.slipway.edge.FixedShapes;
import dev.slipway.edge.Precision;
import dev.slipway.edge.Target;
import dev.slipway.edge.TensorParity;
import dev.slipway.edge.data.ImageFormat;
import dev.slipway.edge.data.SampleSource;
import dev.slipway.edge.quantise.AccuracyTarget;
import dev.slipway.edge.quantise.QuantisationOptions;
import dev.slipway.edge.quantise.QuantisationReport;
import dev.slipway.edge.report.ConversionReport;
import dev.slipway.edge.report.PrecisionReport;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.onnx.OnnxModel;
import dev.slipway.onnx.run.RequiredOperators;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Converts one model, writes what was asked for and tells of it; there is a file only of what was verified.
 *
 * @param tensors whether the reports tell of every tensor
 * @param labels classes of the samples, of which it is then told how often they are found
 * @param maximumAccuracyDrop by how much less often the classes may be found in precisions below float32
 * @param requiredOperators where to write the list of operators that a reduced build of ONNX Runtime needs
 */
record ModelConversion(
        Path file,
        Destination destination,
        ConversionOptions options,
        List<Precision> precisions,
        SampleOptions samples,
        QuantisationSettings quantisation,
        MetadataOptions metadata,
        ReportOptions reports,
        Output output,
        boolean tensors,
        Optional<Path> labels,
        Optional<Double> maximumAccuracyDrop,
        Optional<Path> requiredOperators) {
    ModelConversion {
        precisions = List.copyOf(precisions);
    }

    void run() {
        checkTarget();
        OnnxModel model = ModelFile.onnx(file);
        destination.keep(file, written());
        long start = System.nanoTime();
        Converted converted;
        try (ConversionSteps steps = ConversionSteps.onStandardError(output)) {
            converted = convert(model, steps);
        }
        if (!converted.made().isEmpty()) {
            tell(converted, (System.nanoTime() - start) / 1e9);
        }
        converted.failure().ifPresent(failure -> {
            throw failure;
        });
    }

    private Converted convert(OnnxModel model, ConversionSteps steps) {
        steps.begin("reading samples");
        OnnxModel shaped = FixedShapes.apply(model, options.inputShapes());
        Optional<SampleSource> source = samples.source(shaped);
        steps.begin("converting " + file.getFileName() + " to " + destination.target());
        long start = System.nanoTime();
        ConversionOptions sampled = options.withSamples(SampleOptions.compared(source))
                .withQuantisation(
                        accurate(quantisation.calibrated(options.quantisation(), shaped, samples, source), source));
        List<ConversionOutcome> outcomes = new Converter().convertAll(model, sampled, precisions);
        List<ConversionResult> results =
                outcomes.stream().flatMap(outcome -> outcome.result().stream()).toList();
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        List<TensorParity> compared = List.of();
        if (tensors && !results.isEmpty()) {
            steps.begin("comparing tensors");
            compared = new Converter().compareTensors(model, sampled);
        }
        steps.begin("writing");
        List<Made> made =
                results.stream().map(result -> finish(shaped, source, result)).toList();
        if (!results.isEmpty()) {
            requiredOperators.ifPresent(list -> AtomicFile.write(list, requiredBy(results)));
            reports.write(report(results, compared, took));
        }
        return new Converted(
                made,
                outcomes.stream()
                        .filter(ConversionOutcome.Refused.class::isInstance)
                        .map(ConversionOutcome.Refused.class::cast)
                        .toList());
    }

    private QuantisationOptions accurate(QuantisationOptions quantised, Optional<SampleSource> source) {
        return maximumAccuracyDrop
                .map(drop -> quantised.withAccuracy(new AccuracyTarget(
                        source.orElseThrow(),
                        Arrays.stream(Evaluation.labels(labels.orElseThrow()))
                                .boxed()
                                .toList(),
                        drop)))
                .orElse(quantised);
    }

    /** What is only possible for one of the targets is refused for the others. */
    private void checkTarget() {
        if (metadata.given() && destination.target() != Target.TFLITE) {
            throw SlipwayException.invalid(
                    "convert.metadata", "Only TFLite files take metadata and the names of classes.");
        }
        if (tensors && destination.target() != Target.TFLITE) {
            throw SlipwayException.invalid("convert.per-tensor", "Tensors are compared in TFLite files only.");
        }
        if (requiredOperators.isPresent() && destination.target() != Target.ORT) {
            throw SlipwayException.invalid(
                    "convert.required-operators",
                    "The list of required operators is for reduced builds of ONNX Runtime, which load .ort files.");
        }
    }

    private List<Path> written() {
        List<Path> files = new ArrayList<>();
        precisions.forEach(precision -> files.add(destination.file(precision)));
        requiredOperators.ifPresent(files::add);
        files.addAll(reports.files());
        return files;
    }

    private Made finish(OnnxModel model, Optional<SampleSource> source, ConversionResult result) {
        Optional<Evaluation> accuracy = labels.map(classes -> evaluate(model, source.orElseThrow(), result, classes));
        byte[] bytes = metadata.given() ? described(model, result) : result.file();
        Path path = destination.file(result.precision());
        AtomicFile.write(path, bytes);
        return new Made(result, path, bytes.length, accuracy);
    }

    private ConversionReport report(List<ConversionResult> results, List<TensorParity> compared, Duration took) {
        Map<String, String> shown = new LinkedHashMap<>();
        shown.put("target", options.target().name());
        shown.put("layout", options.layout().name());
        options.inputShapes().forEach((input, shape) -> shown.put("shape of " + input, shape.toString()));
        shown.put("inputs", options.samples().isEmpty() && !samples.given() ? "random" : "the samples that were given");
        return new ConversionReport(
                file.toString(),
                shown,
                VersionProvider.number(),
                results.stream().map(result -> report(result, compared, took)).toList());
    }

    private static PrecisionReport report(ConversionResult result, List<TensorParity> compared, Duration took) {
        return new PrecisionReport(
                result.precision().name(),
                result.parity().tolerance(),
                result.parity().minimumCosine(),
                result.parity().outputs(),
                result.precision() == Precision.FP32 ? compared : List.of(),
                result.file().length,
                result.operators(),
                result.quantisation().map(QuantisationReport::notes).orElse(List.of()),
                Map.of("conversion of all precisions", took));
    }

    private static byte[] requiredBy(List<ConversionResult> results) {
        List<ByteBuffer> files =
                results.stream().map(result -> ByteBuffer.wrap(result.file())).toList();
        return RequiredOperators.of(files).getBytes(StandardCharsets.UTF_8);
    }

    private byte[] described(OnnxModel model, ConversionResult result) {
        Optional<ImageFormat> format = samples.normalises() ? Optional.of(samples.format(model)) : Optional.empty();
        return metadata.describe(result.file(), model.graph().name(), format);
    }

    private Evaluation evaluate(OnnxModel model, SampleSource source, ConversionResult result, Path classes) {
        long[] expected = Evaluation.labels(classes);
        try (EdgeRunner runner = EdgeRunner.open(result.target(), result.file())
                .withFloatBorder(result.file())
                .in(options.layout())) {
            return Evaluation.of(model, runner, source, expected);
        }
    }

    private void tell(Converted converted, double seconds) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("model", file.toString());
        object.put("target", destination.target().name());
        object.put("seconds", seconds);
        object.put("results", converted.made().stream().map(Made::toObject).toList());
        if (!converted.refused().isEmpty()) {
            object.put(
                    "refused",
                    converted.refused().stream()
                            .map(one -> one.precision().name())
                            .toList());
        }
        String lines = converted.made().stream().map(Made::toText).collect(Collectors.joining(System.lineSeparator()));
        output.print(object, String.format(Locale.ROOT, "%s%nTook %.2f s", lines, seconds));
    }

    /** What came of all precisions. */
    private record Converted(List<Made> made, List<ConversionOutcome.Refused> refused) {

        /** That of the first precision that there is no file of, telling of the others as well. */
        Optional<SlipwayException> failure() {
            return refused.stream().findFirst().map(first -> {
                if (made.isEmpty() && refused.size() == 1) {
                    return first.reason();
                }
                String reasons = refused.stream()
                        .map(one -> one.precision() + ": " + one.reason().getMessage())
                        .collect(Collectors.joining(" "));
                SlipwayException reason = first.reason();
                return new SlipwayException(
                        reason.kind(), reason.code(), "Not every precision could be made. " + reasons, reason);
            });
        }
    }

    /** One file that was written. */
    private record Made(ConversionResult result, Path path, long size, Optional<Evaluation> accuracy) {

        Map<String, Object> toObject() {
            Map<String, Object> object = new LinkedHashMap<>();
            object.put("precision", result.precision().name());
            object.put("output", path.toString());
            object.put("size", size);
            object.put("maxError", result.parity().maximumError());
            object.put("runs", result.parity().runs());
            object.put("cosine", result.parity().cosine());
            object.put("operators", result.operators());
            result.quantisation().ifPresent(report -> {
                object.put("notes", report.notes());
                object.put(
                        "keptFloat",
                        report.keptFloat().stream()
                                .map(QuantisationReport.FloatLayer::name)
                                .toList());
            });
            accuracy.ifPresent(measured -> {
                object.put("onnxAccuracy", measured.onnxAccuracy());
                object.put("accuracy", measured.convertedAccuracy());
            });
            return object;
        }

        private String closeness() {
            return result.precision() == Precision.FP32
                    ? String.format(
                            Locale.ROOT, "within %.2g of", result.parity().maximumError())
                    : String.format(
                            Locale.ROOT, "cosine %.6f with", result.parity().cosine());
        }

        String toText() {
            String text = String.format(
                    Locale.ROOT,
                    "Wrote %s: %s, %,d bytes, %s ONNX Runtime in %d runs%s",
                    path,
                    result.precision(),
                    size,
                    closeness(),
                    result.parity().runs(),
                    result.operators().isEmpty() ? "" : ", operators " + result.operators());
            String notes = result.quantisation().map(QuantisationReport::notes).orElse(List.of()).stream()
                    .map(note -> System.lineSeparator() + "  " + note)
                    .collect(Collectors.joining());
            return text
                    + notes
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
