package dev.slipway.standalone.cli;

import dev.slipway.edge.ConversionOptions;
import dev.slipway.edge.FixedShapes;
import dev.slipway.edge.Layout;
import dev.slipway.edge.ParityReport;
import dev.slipway.edge.Verifier;
import dev.slipway.edge.report.ConversionReport;
import dev.slipway.edge.report.PrecisionReport;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.onnx.OnnxModel;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "verify",
        sortOptions = false,
        description = "Compare a converted file, also one that another tool made, with the ONNX model it was made of.",
        footer = {"", "The exit code is 5 if an output is not close enough. Works without a server."})
final class VerifyCommand implements Runnable {
    @Parameters(index = "0", paramLabel = "MODEL.onnx", description = "The model.")
    private Path model;

    @Parameters(index = "1", paramLabel = "FILE", description = "The converted file: .tflite, .ort or .onnx.")
    private Path file;

    @Option(
            names = "--shape",
            paramLabel = "INPUT=1,3,224,224",
            converter = InputShape.Converter.class,
            description = "Fix the shape of one of the model's inputs; once for each.")
    private List<InputShape> shapes = List.of();

    @Option(
            names = "--layout",
            paramLabel = "keep|nhwc",
            description = "The order of axes of the file's inputs and outputs (default: found by their shapes).")
    private Layout layout;

    @Option(
            names = "--tolerance",
            defaultValue = "" + ConversionOptions.DEFAULT_TOLERANCE,
            paramLabel = "E",
            description =
                    "Greatest error allowed of any output, relative to its largest magnitude where that is above 1"
                            + " (default: ${DEFAULT-VALUE}).")
    private double tolerance;

    @Option(
            names = "--min-cosine",
            paramLabel = "C",
            description = "Hold outputs to this least cosine instead of the tolerance, as for quantised files.")
    private Double minimumCosine;

    @Mixin
    private SampleOptions samples;

    @Mixin
    private ReportOptions report;

    @Mixin
    private Output output;

    @Override
    public void run() {
        report.check();
        OnnxModel shaped = FixedShapes.apply(ModelFile.onnx(model), InputShape.byName(shapes));
        ForeignFile converted = ForeignFile.read(file, shaped);
        ConversionOptions options = ConversionOptions.to(converted.target())
                .withTolerance(tolerance)
                .withLayout(layout == null ? converted.layout() : layout)
                .withSamples(SampleOptions.compared(samples.source(shaped)));
        ParityReport parity;
        try (ConversionSteps steps = ConversionSteps.onStandardError(output)) {
            steps.begin("comparing " + file.getFileName() + " with " + model.getFileName());
            parity = new Verifier().verify(shaped, converted.bytes(), options);
        }
        tell(report(parity, converted, options), converted.renamed());
    }

    private ConversionReport report(ParityReport parity, ForeignFile converted, ConversionOptions options) {
        Map<String, String> shown = new LinkedHashMap<>();
        shown.put("file", file.toString());
        shown.put("layout", options.layout().name());
        shown.put("runs", Integer.toString(parity.runs()));
        PrecisionReport result = new PrecisionReport(
                "file",
                tolerance,
                minimumCosine == null ? OptionalDouble.empty() : OptionalDouble.of(minimumCosine),
                parity.outputs(),
                List.of(),
                file.toFile().length(),
                new TreeMap<>(),
                converted.renamed(),
                Map.of());
        return new ConversionReport(model.toString(), shown, VersionProvider.number(), List.of(result));
    }

    private void tell(ConversionReport result, List<String> notes) {
        report.write(result);
        output.print(
                Map.of(
                        "model",
                        model.toString(),
                        "file",
                        file.toString(),
                        "passed",
                        result.passed(),
                        "notes",
                        notes,
                        "outputs",
                        result.results().get(0).outputs().stream()
                                .map(parity -> Map.of(
                                        "name", parity.name(),
                                        "maxError", parity.maximumError(),
                                        "relativeError", parity.relativeError(),
                                        "cosine", parity.cosine()))
                                .toList()),
                result.toText());
        if (!result.passed()) {
            throw SlipwayException.conflict(
                    "verify.parity",
                    file + " does not compute what " + model + " does: see the outputs that are told above.");
        }
    }
}
