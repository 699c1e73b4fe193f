package dev.slipway.api.monitoring;

import dev.slipway.api.Sample;
import io.micronaut.serde.annotation.Serdeable;

/**
 * One prediction made in production.
 *
 * @param key names it, so that its true label can follow later; at most 200 characters, unique within the monitor
 * @param label what the model said
 * @param timestamp UTC milliseconds
 */
@Serdeable
public record LoggedPrediction(String key, Sample sample, String label, double probability, long timestamp) {}
