package dev.slipway.api.training;

import dev.slipway.api.Required;
import dev.slipway.kernel.id.RunId;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.serde.annotation.Serdeable;

/**
 * How much of a series a reader knows: everything up to {@code last}, and the latest of that by its number, so that what is
 * logged between them later is noticed.
 *
 * @param after which the last points begin; null for the beginning of the series
 * @param known how many points after {@code after} the reader knows
 * @param last the greatest of them; null before the first
 */
@Serdeable
public record SeriesPlace(
        RunId run,
        String key,
        @Nullable MetricPoint after,
        int known,
        @Nullable MetricPoint last) {
    /** So many of the last points are looked at again. */
    public static final int WINDOW = 256;

    public SeriesPlace {
        Required.part("run", run);
        Required.part("key", key);
    }
}
