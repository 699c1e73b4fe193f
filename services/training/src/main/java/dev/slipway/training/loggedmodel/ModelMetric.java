package dev.slipway.training.loggedmodel;

import dev.slipway.api.training.Metric;
import dev.slipway.kernel.id.LoggedModelId;
import dev.slipway.kernel.id.RunId;
import io.micronaut.core.annotation.Nullable;

/**
 * What a run measured of a logged model.
 *
 * @param dataset on which it was measured; null when its logger did not tell
 */
public record ModelMetric(
        LoggedModelId model,
        RunId run,
        Metric metric,
        @Nullable Dataset dataset) {
    /** A logged data set. */
    public record Dataset(String name, String digest) {}
}
