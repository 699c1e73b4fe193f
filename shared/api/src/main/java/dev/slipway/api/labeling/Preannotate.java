package dev.slipway.api.labeling;

import dev.slipway.api.Required;
import dev.slipway.kernel.id.ModelVersionId;
import io.micronaut.serde.annotation.Serdeable;

/**
 * Asks for predictions on all unlabelled tasks by this model version.
 */
@Serdeable
public record Preannotate(ModelVersionId modelVersion) {
    public Preannotate {
        Required.part("modelVersion", modelVersion);
    }
}
