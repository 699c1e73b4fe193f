package dev.slipway.api;

import io.micronaut.core.annotation.Nullable;
import io.micronaut.serde.annotation.Serdeable;

/**
 * A sample with its label, the line of the JSON Lines artifacts that carry samples from one service to another:
 * imports of tasks, exports of accepted annotations, exports of predictions whose true labels have arrived.
 *
 * @param key names the sample within its source, so that importing it twice makes one task; at most 200 characters
 * @param label null when it is not known
 */
@Serdeable
public record LabelledSample(
        String key, Sample sample, @Nullable String label) {}
