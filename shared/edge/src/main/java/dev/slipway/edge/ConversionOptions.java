package dev.slipway.edge;

import dev.slipway.edge.quantise.QuantisationOptions;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.onnx.OnnxTensor;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * What is wanted of a conversion.
 *
 * @param tolerance the largest error of an output against ONNX Runtime, relative to the output's largest magnitude or,
 *     if that is below 1, absolute
 * @param seed of the sample inputs
 * @param batchSizes the sizes at which the result is verified if the batch is open
 * @param samples inputs at which the model is probed and the result verified; if there are none, seeded random ones
 * @param layout the order of axes of the result's image inputs and outputs
 * @param quantisation how precisions below float32 are made
 * @param inputShapes fixes the shapes of these inputs; the others stay as the model declares them
 */
public record ConversionOptions(
        Target target,
        Precision precision,
        double tolerance,
        long seed,
        List<Integer> batchSizes,
        Map<String, List<Integer>> inputShapes,
        List<Map<String, OnnxTensor>> samples,
        Layout layout,
        QuantisationOptions quantisation) {
    public static final double DEFAULT_TOLERANCE = 1e-4;

    public ConversionOptions {
        batchSizes = List.copyOf(batchSizes);
        inputShapes = Map.copyOf(inputShapes);
        samples = List.copyOf(samples);
        if (target != Target.TFLITE && layout != Layout.KEEP) {
            throw SlipwayException.invalid(
                    "edge.options", "The layout can be changed for TFLite only: ONNX and ORT files keep the model's.");
        }
        if (!(tolerance >= 0)) {
            throw SlipwayException.invalid(
                    "edge.options", "A tolerance is 0 or more, such as 1e-4; given was " + tolerance + ".");
        }
        if (batchSizes.isEmpty() || batchSizes.stream().anyMatch(size -> size < 1)) {
            throw SlipwayException.invalid(
                    "edge.options",
                    "A conversion is verified at one batch size at least, each at least 1; given were " + batchSizes
                            + ".");
        }
    }

    /** Float32, tolerance 1e-4, verified at batches of 1, 3 and 7. */
    public static ConversionOptions to(Target target) {
        return new ConversionOptions(
                target,
                Precision.FP32,
                DEFAULT_TOLERANCE,
                1,
                List.of(1, 3, 7),
                Map.of(),
                List.of(),
                Layout.KEEP,
                QuantisationOptions.standard());
    }

    public ConversionOptions withTolerance(double other) {
        return new ConversionOptions(
                target, precision, other, seed, batchSizes, inputShapes, samples, layout, quantisation);
    }

    public ConversionOptions withInputShapes(Map<String, List<Integer>> other) {
        return new ConversionOptions(
                target, precision, tolerance, seed, batchSizes, other, samples, layout, quantisation);
    }

    public ConversionOptions withSamples(List<Map<String, OnnxTensor>> other) {
        return new ConversionOptions(
                target, precision, tolerance, seed, batchSizes, inputShapes, other, layout, quantisation);
    }

    public ConversionOptions withLayout(Layout other) {
        return new ConversionOptions(
                target, precision, tolerance, seed, batchSizes, inputShapes, samples, other, quantisation);
    }

    public ConversionOptions withPrecision(Precision other) {
        return new ConversionOptions(
                target, other, tolerance, seed, batchSizes, inputShapes, samples, layout, quantisation);
    }

    public ConversionOptions withSeed(long other) {
        return new ConversionOptions(
                target, precision, tolerance, other, batchSizes, inputShapes, samples, layout, quantisation);
    }

    public ConversionOptions withBatchSizes(List<Integer> other) {
        return new ConversionOptions(
                target, precision, tolerance, seed, other, inputShapes, samples, layout, quantisation);
    }

    public ConversionOptions withQuantisation(QuantisationOptions other) {
        return new ConversionOptions(
                target, precision, tolerance, seed, batchSizes, inputShapes, samples, layout, other);
    }

    /** The least cosine that outputs of these options' precision must have with the float model's; none for FP32. */
    public OptionalDouble minimumCosine() {
        return precision == Precision.FP32
                ? OptionalDouble.empty()
                : OptionalDouble.of(quantisation.minimumCosine().orElse(precision.minimumCosine()));
    }
}
