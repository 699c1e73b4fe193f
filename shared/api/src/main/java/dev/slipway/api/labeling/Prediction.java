package dev.slipway.api.labeling;

import dev.slipway.kernel.id.ModelVersionId;
import io.micronaut.serde.annotation.Serdeable;

/**
 * What a registered model makes of a task.
 *
 * @param label the most probable one
 * @param probability of that label, 0 to 1
 * @param uncertainty the entropy of the model's probabilities divided by its maximum, 0 (sure) to 1 (no idea)
 */
@Serdeable
public record Prediction(ModelVersionId modelVersion, String label, double probability, double uncertainty) {}
