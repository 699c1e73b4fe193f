package dev.slipway.api.monitoring;

import io.micronaut.serde.annotation.Serdeable;

/**
 * The label that a prediction should have had.
 */
@Serdeable
public record TrueLabel(String key, String label) {}
