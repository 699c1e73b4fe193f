package dev.slipway.api.training;

import dev.slipway.api.Required;
import dev.slipway.kernel.id.ExperimentId;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.serde.annotation.Serdeable;

/**
 * Asks for the runs of an experiment.
 *
 * @param orderByMetric the metric to order by; null for newest first
 * @param descending greatest values first; runs without the metric come last in either order
 */
@Serdeable
public record SearchRuns(
        ExperimentId experiment,
        @Nullable String orderByMetric,
        boolean descending,
        int limit,
        @Nullable String cursor) {
    public SearchRuns {
        Required.part("experiment", experiment);
    }
}
