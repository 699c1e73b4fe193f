package dev.slipway.store.metric;

import java.util.Comparator;

/**
 * One value of a series.
 *
 * @param timestamp UTC milliseconds
 * @param value any double; NaN and infinities are kept
 */
public record Point(long step, long timestamp, double value) implements Comparable<Point> {
    private static final Comparator<Point> ORDER = Comparator.comparingLong(Point::step)
            .thenComparingLong(Point::timestamp)
            .thenComparingDouble(Point::value);

    @Override
    public int compareTo(Point other) {
        return ORDER.compare(this, other);
    }
}
