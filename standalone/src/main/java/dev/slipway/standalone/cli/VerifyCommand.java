package dev.slipway.standalone.cli;

import dev.slipway.edge.ConversionOptions;
import dev.slipway.edge.FixedShapes;
import dev.slipway.edge.Layout;
import dev.slipway.edge.OutputParity;
import dev.slipway.edge.ParityReport;
import dev.slipway.edge.Target;
import dev.slipway.edge.TensorParity;
import dev.slipway.edge.Verifier;
import dev.slipway.edge.report.ConversionReport;
import dev.slipway.edge.report.PrecisionReport;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.onnx.OnnxModel;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

    @Mixin
    private ComparisonOptions comparison;

    @Option(
            names = "--layout",
            paramLabel = "keep|nhwc",
            description = "The order of axes of the file's inputs and outputs (default: found by their shapes).")
    private Layout layout;

    @Option(
            names = "--min-cosine",
            paramLabel = "C",
            description = "Hold outputs to this least cosine instead of the tolerance, as for quantised files.")
    private Double minimumCosine;

    @Mixin
    private SampleOptions samples;

    @Mixin
    private ReportOptions report;

    @Option(
            names = "--per-tensor",
            description =
                    "Tell how close every inner tensor is that has the name of a value of the model, and where the"
                            + " error jumps; TFLite only.")
    private boolean perTensor;

    @Mixin
    private Output output;

    @Override
    public void run() {
        report.check();
        report.files().forEach(AtomicFile::check);
        OnnxModel shaped = FixedShapes.apply(ModelFile.onnx(model), comparison.shapes());
        ForeignFile converted = ForeignFile.read(file, shaped);
        ConversionOptions options = ConversionOptions.to(converted.target())
                .withTolerance(comparison.tolerance())
                .withLayout(layout == null ? converted.layout() : layout)
                .withSamples(SampleOptions.compared(samples.source(shaped)));
        if (perTensor && converted.target() != Target.TFLITE) {
            throw SlipwayException.invalid("verify.per-tensor", "Tensors are compared in TFLite files only.");
        }
        ParityReport parity;
        List<TensorParity> tensors = List.of();
        try (ConversionSteps steps = ConversionSteps.onStandardError(output)) {
            steps.begin("comparing " + file.getFileName() + " with " + model.getFileName());
            Verifier verifier = new Verifier((step, done, total) -> steps.at(step.words(), done, total));
            parity = verifier.verify(shaped, ByteBuffer.wrap(converted.bytes()), options);
            if (perTensor) {
                steps.begin("comparing tensors");
                tensors = verifier.compareTensors(shaped, converted.bytes(), options);
            }
        }
        tell(report(parity, tensors, converted, options));
    }

    private ConversionReport report(
            ParityReport parity, List<TensorParity> tensors, ForeignFile converted, ConversionOptions options) {
        List<String> notes = new ArrayList<>(converted.renamed());
        if (perTensor && tensors.isEmpty()) {
            notes.add(
                    "no inner tensor of the file has the name and shape of a value of the model, so none is compared");
        }
        Map<String, String> shown = new LinkedHashMap<>();
        shown.put("file", file.toString());
        shown.put("layout", options.layout().name());
        shown.put("runs", Integer.toString(parity.runs()));
        PrecisionReport result = new PrecisionReport(
                "file",
                comparison.tolerance(),
                minimumCosine == null ? OptionalDouble.empty() : OptionalDouble.of(minimumCosine),
                parity.outputs(),
                tensors,
                file.toFile().length(),
                new TreeMap<>(),
                notes,
                Map.of(),
                Optional.empty());
        return new ConversionReport(model.toString(), shown, VersionProvider.number(), List.of(result));
    }

    private void tell(ConversionReport result) {
        report.write(result);
        PrecisionReport compared = result.results().get(0);
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("model", model.toString());
        object.put("file", file.toString());
        object.put("passed", result.passed());
        object.put("notes", compared.warnings());
        object.put("outputs", numbers(compared.outputs()));
        if (perTensor) {
            object.put(
                    "tensors",
                    numbers(compared.tensors().stream()
                            .map(TensorParity::parity)
                            .toList()));
            compared.firstJump()
                    .ifPresent(jump -> object.put("firstJump", jump.parity().name()));
        }
        output.print(object, result.toShortText().stripTrailing());
        if (!result.passed()) {
            throw SlipwayException.conflict(
                    "verify.parity",
                    file + " does not compute what " + model + " does: see the outputs that are told above.");
        }
    }

    private static List<Map<String, Object>> numbers(List<OutputParity> compared) {
        return compared.stream()
                .map(parity -> Map.<String, Object>of(
                        "name", parity.name(),
                        "maxError", parity.maximumError(),
                        "relativeError", parity.relativeError(),
                        "cosine", parity.cosine()))
                .toList();
    }
}
