package dev.slipway.standalone.cli;

import dev.slipway.edge.ConversionOptions;
import dev.slipway.edge.Layout;
import dev.slipway.edge.Precision;
import dev.slipway.edge.Target;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "convert",
        customSynopsis = {
            "slipway convert MODEL.onnx -o OUT [OPTIONS]",
            "       slipway convert --batch CASES OUT [OPTIONS]"
        },
        description = "Convert an ONNX model for phones, and verify the result by running it against ONNX Runtime.",
        sortOptions = false,
        footer = {
            "",
            "Works without a server. A file that is not within the tolerance is never written, and the exit code says so.",
            "A batch that ran to its end has the exit code 0, whatever came of its models.",
            "Guide: docs/conversion.md. Operators: docs/operators.md."
        })
final class ConvertCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Parameters(
            arity = "1..2",
            paramLabel = "MODEL.onnx",
            description = "The model, which is not changed; with --batch, the folder of models and the folder to write"
                    + " to.")
    private List<Path> paths;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "OUT",
            description =
                    "The file to write: OUT.tflite for TensorFlow Lite, OUT.ort for ONNX Runtime's mobile format, OUT.onnx"
                            + " for ONNX in another precision; or a folder.")
    private String out;

    @Option(
            names = "--batch",
            description = "Convert each CASES/NAME/model.onnx to OUT/NAME.tflite or, with the reason, OUT/NAME.err;"
                    + " NAME/input_0.npy …, where present, are its sample inputs.")
    private boolean batch;

    @Option(names = "--resume", description = "Of a batch: leave alone what there is a result of.")
    private boolean resume;

    @Option(
            names = "--target",
            paramLabel = "TARGET",
            description = "What to make, where OUT's ending does not say: ${COMPLETION-CANDIDATES}.")
    private Target target;

    @Option(
            names = "--precision",
            split = ",",
            defaultValue = "fp32",
            paramLabel = "P",
            description = {
                "What the numbers are, several at once as in fp32,fp16 (default: ${DEFAULT-VALUE}); the files of several"
                        + " are named OUT-fp32.tflite and so on.",
                "fp32; fp16: 16-bit weights; dynamic: 8-bit weights, computed with in 8 bits where the runtime can;"
                        + " int8: weights and values of 8 bits; int16x8: values of 16 bits, weights of 8. ORT and ONNX"
                        + " files take all but dynamic. A model that is quantised already keeps its scales in int8."
            })
    private List<Precision> precisions;

    @Mixin
    private QuantisationSettings quantisation;

    @Mixin
    private ComparisonOptions comparison;

    @Option(
            names = "--layout",
            defaultValue = "keep",
            paramLabel = "keep|nhwc",
            description =
                    "The order of axes of inputs and outputs of rank 4 and 5: as in the ONNX model, or channels last"
                            + " (default: ${DEFAULT-VALUE}).")
    private Layout layout;

    @Mixin
    private SampleOptions samples;

    @Option(
            names = "--labels",
            paramLabel = "FILE.npy",
            description = "The samples' classes: how often they are found before and after conversion is told.")
    private Path labels;

    @Option(
            names = "--max-accuracy-drop",
            paramLabel = "D",
            description =
                    "Of precisions below fp32: by how much the share of --samples that get the right of the --labels"
                            + " may fall, as 0.01; layers stay float until it holds, and no file is written if it does not.")
    private Double maximumAccuracyDrop;

    @Mixin
    private MetadataOptions metadata;

    @Mixin
    private ReportOptions report;

    @Option(
            names = "--per-tensor",
            description =
                    "Report how close every tensor is, of fp32 to ONNX Runtime's and of other precisions to fp32's,"
                            + " and where the error jumps; TFLite only.")
    private boolean perTensor;

    @Option(
            names = "--required-operators",
            paramLabel = "FILE.config",
            description = "Of OUT.ort: also write the list of operators that a reduced build of ONNX Runtime needs.")
    private Path requiredOperators;

    @Mixin
    private Output output;

    @Override
    public void run() {
        checkUsage();
        metadata.check();
        report.check();
        if (batch) {
            Target made = Optional.ofNullable(target).orElse(Target.TFLITE);
            new BatchRun(options(made), output).run(paths.get(0), paths.get(1), resume);
            return;
        }
        Path model = paths.get(0);
        Destination destination = Destination.of(out, Optional.ofNullable(target), model, precisions);
        new ModelConversion(
                        model,
                        destination,
                        options(destination.target()),
                        precisions,
                        samples,
                        quantisation,
                        metadata,
                        report,
                        output,
                        perTensor,
                        Optional.ofNullable(labels),
                        Optional.ofNullable(maximumAccuracyDrop),
                        Optional.ofNullable(requiredOperators))
                .run();
    }

    private void checkUsage() {
        if (batch && (paths.size() != 2 || out != null)) {
            throw wrong("A batch takes the folder of models and the folder to write to: --batch CASES OUT");
        }
        if (!batch && (paths.size() != 1 || out == null)) {
            throw wrong("Name one model and, with -o, the file to write");
        }
        if (precisions.stream().distinct().count() != precisions.size()) {
            throw wrong("A precision is named twice");
        }
        Set<String> unheeded = quantisation.unheeded(precisions);
        if (!unheeded.isEmpty()) {
            throw wrong(String.join(", ", unheeded) + " is not for " + precisions);
        }
        if (batch && precisions.size() > 1) {
            throw wrong("A batch has one precision");
        }
        if (resume && !batch) {
            throw wrong("--resume is for a batch");
        }
        if (batch
                && (samples.given()
                        || quantisation.calibrates()
                        || metadata.given()
                        || !report.files().isEmpty()
                        || labels != null
                        || requiredOperators != null)) {
            throw wrong(
                    "A batch takes each model's samples from its own folder, and no labels, metadata, report or list of"
                            + " required operators");
        }
        if (perTensor && report.files().isEmpty()) {
            throw wrong("--per-tensor is for a --report, which is not given");
        }
        if (maximumAccuracyDrop != null && (labels == null || precisions.equals(List.of(Precision.FP32)))) {
            throw wrong("--max-accuracy-drop is for precisions below fp32 and needs --samples and --labels");
        }
        if (labels != null && !samples.given()) {
            throw wrong("--labels are the classes of --samples, which are not given");
        }
    }

    private ParameterException wrong(String why) {
        return new ParameterException(spec.commandLine(), why + ".");
    }

    private ConversionOptions options(Target made) {
        return ConversionOptions.to(made)
                .withPrecision(precisions.get(0))
                .withQuantisation(quantisation.options())
                .withTolerance(comparison.tolerance())
                .withInputShapes(comparison.shapes())
                .withLayout(layout);
    }
}
