package dev.slipway.api.training;

import io.micronaut.serde.annotation.Serdeable;
import java.util.Comparator;

/**
 * One value of a series.
 *
 * @param timestamp UTC milliseconds
 * @param value any double, NaN and infinities included
 */
@Serdeable
public record MetricPoint(long step, long timestamp, double value) implements Comparable<MetricPoint> {
    private static final Comparator<MetricPoint> ORDER = Comparator.comparingLong(MetricPoint::step)
            .thenComparingLong(MetricPoint::timestamp)
            .thenComparingDouble(MetricPoint::value);

    /** By step, then timestamp, then value. */
    @Override
    public int compareTo(MetricPoint other) {
        return ORDER.compare(this, other);
    }
}
