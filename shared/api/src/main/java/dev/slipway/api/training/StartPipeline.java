package dev.slipway.api.training;

import dev.slipway.kernel.id.AlertId;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.serde.annotation.Serdeable;

/**
 * Asks for a pipeline run.
 *
 * @param cause the alert that is the reason; null when there is none
 * @param idempotencyKey asking again with the same key gives the same pipeline run; null to always start a new one
 */
@Serdeable
public record StartPipeline(
        @Nullable AlertId cause, @Nullable String idempotencyKey) {}
