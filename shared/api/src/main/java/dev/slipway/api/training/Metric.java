package dev.slipway.api.training;

import io.micronaut.serde.annotation.Serdeable;

/**
 * One value of a metric.
 *
 * @param key at most 250 characters
 * @param value any double, NaN and infinities included; as JSON numbers or the strings NaN, Infinity, -Infinity
 * @param timestamp UTC milliseconds
 */
@Serdeable
public record Metric(String key, double value, long timestamp, long step) {}
