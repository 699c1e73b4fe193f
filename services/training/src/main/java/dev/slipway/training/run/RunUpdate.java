package dev.slipway.training.run;

import dev.slipway.api.training.RunState;
import io.micronaut.core.annotation.Nullable;

/**
 * What shall change of a run; null for what stays.
 *
 * @param ended UTC milliseconds
 * @param name empty to keep it, too
 */
public record RunUpdate(
        @Nullable RunState state,
        @Nullable Long ended,
        @Nullable String name) {}
