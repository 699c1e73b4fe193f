package dev.slipway.api.training;

import io.micronaut.core.annotation.Nullable;
import io.micronaut.serde.annotation.Serdeable;

/**
 * Asks to carry a run out again.
 *
 * @param idempotencyKey asking again with the same key gives the same run; null to always start a new one
 */
@Serdeable
public record RepeatRun(@Nullable String idempotencyKey) {}
