package dev.slipway.api.training;

import io.micronaut.core.annotation.Nullable;
import io.micronaut.serde.annotation.Serdeable;
import java.util.List;

/**
 * A series, reduced to what a plot can show.
 *
 * @param count how many points there are in the range
 * @param notFinite how many of them are NaN or infinite
 * @param points some of them, in the order of the axis
 * @param place where to go on; null for a part of a series
 */
@Serdeable
public record ReducedSeries(
        String key,
        long count,
        long notFinite,
        List<MetricPoint> points,
        @Nullable SeriesPlace place) {}
