package dev.slipway.api.training;

import io.micronaut.core.annotation.Nullable;
import io.micronaut.serde.annotation.Serdeable;

/**
 * Asks for experiments, newest first.
 *
 * @param filter in MLflow's grammar; null for none
 */
@Serdeable
public record FindExperiments(
        @Nullable String filter,
        Lifecycle lifecycle,
        int limit,
        @Nullable String cursor) {
    public FindExperiments {
        lifecycle = lifecycle == null ? Lifecycle.ACTIVE : lifecycle;
    }
}
