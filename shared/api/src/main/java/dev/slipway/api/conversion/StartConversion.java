package dev.slipway.api.conversion;

import dev.slipway.api.Required;
import dev.slipway.kernel.id.ModelVersionId;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.serde.annotation.Serdeable;

/**
 * Asks for a conversion.
 *
 * @param idempotencyKey asking again with the same key gives the same conversion; null to always start a new one
 */
@Serdeable
public record StartConversion(
        ModelVersionId modelVersion,
        Target target,
        Precision precision,
        @Nullable String idempotencyKey) {
    public StartConversion {
        Required.part("modelVersion", modelVersion);
        Required.part("target", target);
        Required.part("precision", precision);
    }
}
