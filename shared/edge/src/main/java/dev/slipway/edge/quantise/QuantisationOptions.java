package dev.slipway.edge.quantise;

import dev.slipway.edge.data.SampleSource;
import dev.slipway.kernel.SlipwayException;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * How a model is made smaller than float32.
 *
 * @param calibration typical inputs, which ranges are found on; without it the samples of the conversion are used or, if
 *     there are none, random ones, which the report warns of
 * @param range which part of the values found counts; if absent, all of it or, where that will not do, what comes closest
 * @param border what float inputs and outputs become in INT8 and INT16X8
 * @param biasCorrection whether the mean error of each convolution and product goes into its bias, where that helps
 * @param minimumCosine the least cosine, 0 to 1, of any output with the float model's; that of the precision if absent
 * @param floatLayers names of values (in the ONNX model) whose operations stay float
 * @param mostTrials how many mixtures of float and integer operations are tried at most, at least 0, to reach the
 *     minimum, and as many again to leave fewer float; 0 leaves no operation float that need not be
 * @param mostSamples how many calibration samples are used at most, at least 1
 * @param accuracy what a classifier must reach besides the cosine
 */
public record QuantisationOptions(
        Optional<SampleSource> calibration,
        Optional<RangeMethod> range,
        BorderType border,
        boolean biasCorrection,
        OptionalDouble minimumCosine,
        Set<String> floatLayers,
        int mostTrials,
        int mostSamples,
        Optional<AccuracyTarget> accuracy) {
    private static final int TRIALS = 16;
    private static final int SAMPLES = 128;

    public QuantisationOptions {
        floatLayers = Set.copyOf(floatLayers);
        if (minimumCosine.isPresent() && !(minimumCosine.getAsDouble() >= 0 && minimumCosine.getAsDouble() <= 1)) {
            throw SlipwayException.invalid(
                    "edge.options",
                    "The minimum cosine is from 0 to 1; given was " + minimumCosine.getAsDouble() + ".");
        }
        if (mostTrials < 0 || mostSamples < 1) {
            throw SlipwayException.invalid(
                    "edge.options",
                    "Trials are at least 0 and calibration samples at least 1; given were " + mostTrials + " and "
                            + mostSamples + ".");
        }
    }

    /** The closest ranges, float borders, bias correction, the precision's own minimum. */
    public static QuantisationOptions standard() {
        return new QuantisationOptions(
                Optional.empty(),
                Optional.empty(),
                BorderType.FLOAT,
                true,
                OptionalDouble.empty(),
                Set.of(),
                TRIALS,
                SAMPLES,
                Optional.empty());
    }

    public QuantisationOptions withCalibration(SampleSource other) {
        return new QuantisationOptions(
                Optional.of(other),
                range,
                border,
                biasCorrection,
                minimumCosine,
                floatLayers,
                mostTrials,
                mostSamples,
                accuracy);
    }

    public QuantisationOptions withRange(RangeMethod other) {
        return new QuantisationOptions(
                calibration,
                Optional.of(other),
                border,
                biasCorrection,
                minimumCosine,
                floatLayers,
                mostTrials,
                mostSamples,
                accuracy);
    }

    public QuantisationOptions withBorder(BorderType other) {
        return new QuantisationOptions(
                calibration,
                range,
                other,
                biasCorrection,
                minimumCosine,
                floatLayers,
                mostTrials,
                mostSamples,
                accuracy);
    }

    public QuantisationOptions withBiasCorrection(boolean other) {
        return new QuantisationOptions(
                calibration, range, border, other, minimumCosine, floatLayers, mostTrials, mostSamples, accuracy);
    }

    public QuantisationOptions withMinimumCosine(double other) {
        return new QuantisationOptions(
                calibration,
                range,
                border,
                biasCorrection,
                OptionalDouble.of(other),
                floatLayers,
                mostTrials,
                mostSamples,
                accuracy);
    }

    public QuantisationOptions withFloatLayers(Set<String> other) {
        return new QuantisationOptions(
                calibration, range, border, biasCorrection, minimumCosine, other, mostTrials, mostSamples, accuracy);
    }

    public QuantisationOptions withMostTrials(int other) {
        return new QuantisationOptions(
                calibration, range, border, biasCorrection, minimumCosine, floatLayers, other, mostSamples, accuracy);
    }

    public QuantisationOptions withAccuracy(AccuracyTarget other) {
        return new QuantisationOptions(
                calibration,
                range,
                border,
                biasCorrection,
                minimumCosine,
                floatLayers,
                mostTrials,
                mostSamples,
                Optional.of(other));
    }
}
