package dev.slipway.api.training;

import io.micronaut.core.annotation.Nullable;
import io.micronaut.serde.annotation.Serdeable;

/**
 * A metric whose latest values in two runs differ.
 *
 * @param original that of the run that was repeated; null when it has none
 * @param repeated that of the run that repeats it; null when it has none
 */
@Serdeable
public record MetricDifference(
        String key, @Nullable Double original, @Nullable Double repeated) {}
