package dev.slipway.training.tracemetric;

import io.micronaut.core.annotation.Nullable;
import java.util.Map;

/**
 * One value of a metric.
 *
 * @param time of what it was taken from, UTC milliseconds
 * @param same of several samples with the same text one is counted; null for a sample that counts by itself
 * @param dimensions those that it has
 */
record Sample(long time, double value, @Nullable String same, Map<String, String> dimensions) {}
