package dev.slipway.api.training;

import dev.slipway.kernel.id.RunId;
import io.micronaut.serde.annotation.Serdeable;
import java.util.List;

/**
 * What was logged beyond what was known.
 *
 * @param series of which there is more; empty when nothing came in time
 * @param ended whether all of the runs have, and there is no more
 */
@Serdeable
public record NewPoints(List<Tail> series, boolean ended) {
    /**
     * The end of a series.
     *
     * @param points in their order: those beyond what is known or, when some were logged within that since, all after the
     *     place's {@code after}
     */
    @Serdeable
    public record Tail(RunId run, String key, List<MetricPoint> points) {}
}
