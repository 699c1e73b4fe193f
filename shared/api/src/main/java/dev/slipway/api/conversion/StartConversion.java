package dev.slipway.api.conversion;

import dev.slipway.api.Required;
import dev.slipway.kernel.id.DatasetVersionId;
import dev.slipway.kernel.id.ModelVersionId;
import io.micronaut.core.annotation.Creator;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.serde.annotation.Serdeable;

/**
 * Asks for a conversion.
 *
 * @param layout {@code KEEP} if none is given
 * @param calibration the dataset version on whose training split ranges are found, for precisions that need that; the one
 *     that the model was trained on if none is given
 * @param idempotencyKey asking again with the same key gives the same conversion; null to always start a new one
 */
@Serdeable
public record StartConversion(
        ModelVersionId modelVersion,
        Target target,
        Precision precision,
        @Nullable Layout layout,
        @Nullable DatasetVersionId calibration,
        @Nullable String idempotencyKey) {
    @Creator
    public StartConversion {
        Required.part("modelVersion", modelVersion);
        Required.part("target", target);
        Required.part("precision", precision);
        layout = layout == null ? Layout.KEEP : layout;
    }

    /** In the ONNX model's layout. */
    public StartConversion(
            ModelVersionId modelVersion, Target target, Precision precision, @Nullable String idempotencyKey) {
        this(modelVersion, target, precision, Layout.KEEP, null, idempotencyKey);
    }
}
