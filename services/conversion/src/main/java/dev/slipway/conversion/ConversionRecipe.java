package dev.slipway.conversion;

import dev.slipway.api.conversion.Conversion;
import dev.slipway.api.dataset.Split;
import dev.slipway.api.registry.ModelVersion;
import dev.slipway.kernel.Digest;
import dev.slipway.kernel.id.DatasetVersionId;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * All that a converted file and its report depend on.
 *
 * @param model the ONNX model
 * @param test the split that the file is verified on; empty for random samples
 * @param sampleShape of these
 * @param calibration the dataset version on whose samples ranges are found
 * @param calibrationSamples those samples
 * @param converter the version of the converter
 * @param digest of all of this, the options and the converter: equal recipes give equal files
 */
record ConversionRecipe(
        Digest model,
        Optional<Split> test,
        List<Integer> sampleShape,
        Optional<DatasetVersionId> calibration,
        Optional<Digest> calibrationSamples,
        Digest converter,
        Digest digest) {

    static ConversionRecipe of(
            Conversion asked,
            ModelVersion version,
            Optional<Split> test,
            Optional<DatasetVersionId> calibration,
            Optional<Digest> calibrationSamples,
            ConversionSettings settings,
            Digest converter) {
        String all = String.join(
                "\n",
                converter.toString(),
                version.requireOnnx().toString(),
                test.map(split -> split.samples().toString()).orElse("random " + version.inputShape()),
                test.map(split -> split.labels().toString()).orElse("-"),
                calibrationSamples.map(Digest::toString).orElse("-"),
                asked.target().name(),
                asked.precision().name(),
                asked.layout().name(),
                Double.toString(settings.tolerance()));
        return new ConversionRecipe(
                version.requireOnnx(),
                test,
                version.inputShape(),
                calibration,
                calibrationSamples,
                converter,
                Digest.of(all.getBytes(StandardCharsets.UTF_8)));
    }
}
