package dev.slipway.standalone.cli;

import dev.slipway.edge.ConversionFigures;
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
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
        written().forEach(AtomicFile::check);
        long start = System.nanoTime();
        ConversionAnswer answer;
        try (ConversionSteps steps = ConversionSteps.onStandardError(output)) {
            answer = convert(model, steps, start);
        }
        if (answer.saysMoreThanTheFailure()) {
            output.print(answer.toObject(), answer.toText());
        }
        answer.failure().ifPresent(failure -> {
            throw failure;
        });
    }

    private ConversionAnswer convert(OnnxModel model, ConversionSteps steps, long start) {
        steps.begin("reading samples");
        OnnxModel shaped = FixedShapes.apply(model, options.inputShapes());
        Optional<SampleSource> source = samples.source(shaped);
        ConversionOptions sampled = options.withSamples(SampleOptions.compared(source))
                .withQuantisation(
                        accurate(quantisation.calibrated(options.quantisation(), shaped, samples, source), source));
        steps.begin("converting " + file.getFileName() + " to " + destination.target());
        Converter converter = new Converter((step, done, total) -> steps.at(step.words(), done, total));
        List<ConversionOutcome> outcomes = converter.convertAll(model, sampled, precisions);
        List<ConversionResult> results =
                outcomes.stream().flatMap(outcome -> outcome.result().stream()).toList();
        List<List<TensorParity>> compared = List.of();
        if (tensors && !results.isEmpty()) {
            steps.begin("comparing tensors");
            compared = converter.compareTensors(model, sampled, results);
        }
        steps.begin("writing");
        List<ConversionAnswer.Made> made =
                results.stream().map(result -> finish(shaped, source, result)).toList();
        if (!results.isEmpty()) {
            requiredOperators.ifPresent(list -> AtomicFile.write(list, requiredBy(results)));
        }
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        ConversionReport report = report(outcomes, compared, took);
        reports.write(report);
        return new ConversionAnswer(report, destination.target(), made, refused(outcomes), took);
    }

    private static List<ConversionOutcome.Refused> refused(List<ConversionOutcome> outcomes) {
        return outcomes.stream()
                .filter(ConversionOutcome.Refused.class::isInstance)
                .map(ConversionOutcome.Refused.class::cast)
                .toList();
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

    private ConversionAnswer.Made finish(OnnxModel model, Optional<SampleSource> source, ConversionResult result) {
        Optional<Evaluation> accuracy = labels.map(classes -> evaluate(model, source.orElseThrow(), result, classes));
        ByteBuffer bytes = metadata.given() ? ByteBuffer.wrap(described(model, result)) : result.bytes();
        Path path = destination.file(result.precision());
        AtomicFile.write(path, bytes);
        return new ConversionAnswer.Made(result, path, bytes.remaining(), accuracy);
    }

    private ConversionReport report(
            List<ConversionOutcome> outcomes, List<List<TensorParity>> compared, Duration took) {
        Map<String, String> shown = new LinkedHashMap<>();
        shown.put("target", options.target().name());
        shown.put("layout", options.layout().name());
        options.inputShapes().forEach((input, shape) -> shown.put("shape of " + input, shape.toString()));
        shown.put("inputs", samples.given() ? "the samples that were given" : "random");
        Map<String, Duration> times = Map.of("conversion of all precisions", took);
        Iterator<List<TensorParity>> tensorsOfEach = compared.iterator();
        List<PrecisionReport> precisionReports = new ArrayList<>();
        for (ConversionOutcome outcome : outcomes) {
            if (outcome instanceof ConversionOutcome.Converted converted) {
                ConversionFigures figures = converted.made().figures();
                precisionReports.add(PrecisionReport.of(
                        tensorsOfEach.hasNext() ? figures.withTensors(tensorsOfEach.next()) : figures, times));
            } else if (outcome instanceof ConversionOutcome.Refused refused) {
                precisionReports.add(PrecisionReport.of(refused, times));
            }
        }
        return new ConversionReport(file.toString(), shown, VersionProvider.number(), precisionReports);
    }

    private static byte[] requiredBy(List<ConversionResult> results) {
        List<ByteBuffer> files = results.stream().map(ConversionResult::bytes).toList();
        return RequiredOperators.of(files).getBytes(StandardCharsets.UTF_8);
    }

    private byte[] described(OnnxModel model, ConversionResult result) {
        Optional<ImageFormat> format = samples.normalises() ? Optional.of(samples.format(model)) : Optional.empty();
        return metadata.describe(result.file(), model.graph().name(), format);
    }

    private Evaluation evaluate(OnnxModel model, SampleSource source, ConversionResult result, Path classes) {
        long[] expected = Evaluation.labels(classes);
        try (EdgeRunner runner = EdgeRunner.open(result.target(), result.bytes(), 1)
                .withFloatBorder(result.bytes())
                .in(options.layout())) {
            return Evaluation.of(model, runner, source, expected);
        }
    }
}
