package dev.slipway.tflite.metadata;

import dev.slipway.kernel.SlipwayException;
import java.util.List;

/**
 * What is done to an image's values, 0 to 255, before the model gets them: {@code (value − mean) / deviation}.
 *
 * @param means one for all channels, or one for each
 * @param deviations as many as means, none 0
 */
public record Normalization(List<Float> means, List<Float> deviations) {

    /** Fails with {@code tflite.metadata} if the numbers don't fit. */
    public Normalization {
        means = List.copyOf(means);
        deviations = List.copyOf(deviations);
        if (means.isEmpty() || means.size() != deviations.size() || deviations.contains(0f)) {
            throw SlipwayException.invalid(
                    "tflite.metadata",
                    "A normalisation needs as many deviations as means, at least one, and none of them 0, but has means "
                            + means + " and deviations " + deviations + ".");
        }
    }
}
