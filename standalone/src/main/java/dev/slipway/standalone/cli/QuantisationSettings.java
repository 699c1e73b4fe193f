package dev.slipway.standalone.cli;

import dev.slipway.edge.Precision;
import dev.slipway.edge.data.SampleSource;
import dev.slipway.edge.quantise.BorderType;
import dev.slipway.edge.quantise.QuantisationOptions;
import dev.slipway.edge.quantise.RangeMethod;
import dev.slipway.onnx.OnnxModel;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import picocli.CommandLine.Option;

/** How precisions below fp32 are made. */
final class QuantisationSettings {
    /** What the inputs and outputs of a quantised model are. */
    enum Border {
        FLOAT,
        INT8
    }

    @Option(
            names = "--min-cosine",
            paramLabel = "C",
            description =
                    "Least cosine of any output with ONNX Runtime's, of precisions below fp32 (default: 0.9999 for"
                            + " fp16, otherwise 0.99).")
    private Double minimumCosine;

    @Option(
            names = "--calibration",
            paramLabel = "FILE",
            description = "Of int8 and int16x8: typical inputs to find ranges on, given as --samples are (default: the"
                    + " samples or, with a warning, random ones).")
    private List<String> calibration = List.of();

    @Option(
            names = "--range",
            paramLabel = "R",
            description = "Of int8 and int16x8: which part of the values found counts: minmax, percentile (without"
                    + " the outermost 0.01 %%) or mse (of least squared error); by default minmax or, where that will"
                    + " not do, what comes closest.")
    private RangeMethod range;

    @Option(
            names = "--io",
            paramLabel = "float|int8",
            description = "Of int8 and int16x8: whether inputs and outputs stay float (default) or become the model's"
                    + " integers.")
    private Border border;

    @Option(
            names = "--no-bias-correction",
            description = "Of int8 and int16x8: leave biases as they are, instead of correcting the mean error.")
    private boolean noBiasCorrection;

    @Option(
            names = "--keep-float",
            split = ",",
            paramLabel = "VALUE",
            description = "Of dynamic, int8 and int16x8: leave the operations float that make these values of the ONNX"
                    + " model.")
    private Set<String> floatLayers = Set.of();

    @Option(
            names = "--trials",
            paramLabel = "N",
            description =
                    "Of dynamic, int8 and int16x8: how many mixtures with float operations are tried at most to reach the"
                            + " least cosine (default: 16).")
    private Integer trials;

    /** The options that were given although none of the precisions heeds them. */
    Set<String> unheeded(List<Precision> precisions) {
        Set<String> names = new TreeSet<>();
        if (precisions.stream().noneMatch(Precision::isCalibrated)) {
            add(names, "--calibration", !calibration.isEmpty());
            add(names, "--range", range != null);
            add(names, "--io", border != null);
            add(names, "--no-bias-correction", noBiasCorrection);
            boolean mixed = precisions.contains(Precision.DYNAMIC);
            add(names, "--trials", trials != null && !mixed);
            add(names, "--keep-float", !floatLayers.isEmpty() && !mixed);
        }
        add(names, "--min-cosine", minimumCosine != null && precisions.equals(List.of(Precision.FP32)));
        return names;
    }

    private static void add(Set<String> names, String name, boolean given) {
        if (given) {
            names.add(name);
        }
    }

    boolean calibrates() {
        return !calibration.isEmpty();
    }

    /** All but the calibration data. */
    QuantisationOptions options() {
        QuantisationOptions options = QuantisationOptions.standard()
                .withBiasCorrection(!noBiasCorrection)
                .withFloatLayers(floatLayers)
                .withBorder(border == Border.INT8 ? BorderType.INTEGER : BorderType.FLOAT);
        QuantisationOptions ranged = range == null ? options : options.withRange(range);
        QuantisationOptions bounded = trials == null ? ranged : ranged.withMostTrials(trials);
        return minimumCosine == null ? bounded : bounded.withMinimumCosine(minimumCosine);
    }

    /** The same options with the calibration data that was given or, without any, with the samples. */
    QuantisationOptions calibrated(
            QuantisationOptions options, OnnxModel model, SampleOptions samples, Optional<SampleSource> source) {
        Optional<SampleSource> data = calibration.isEmpty() ? source : Optional.of(samples.open(model, calibration));
        return data.map(options::withCalibration).orElse(options);
    }
}
