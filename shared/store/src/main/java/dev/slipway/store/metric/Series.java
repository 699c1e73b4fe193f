package dev.slipway.store.metric;

import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.Workspace;
import dev.slipway.kernel.id.EntityId;

/**
 * Names a time series.
 *
 * @param entity whose it is: a run, a monitor
 * @param key the metric's name, 1 to {@value #MAX_KEY} characters
 */
public record Series(Workspace workspace, EntityId entity, String key) {
    public static final int MAX_KEY = 250;

    public Series {
        if (key.isEmpty() || key.length() > MAX_KEY) {
            throw SlipwayException.invalid(
                    "metric.key", "A metric's name has 1 to " + MAX_KEY + " characters, not " + key.length() + ".");
        }
    }
}
