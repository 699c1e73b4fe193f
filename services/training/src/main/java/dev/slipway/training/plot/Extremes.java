package dev.slipway.training.plot;

import dev.slipway.store.metric.Point;
import io.micronaut.core.annotation.Nullable;
import java.util.List;
import java.util.TreeSet;

/**
 * Keeps the least and the greatest point of each of many equal parts of the axis, beside the first and the last of all. What
 * is NaN is kept only where a part holds nothing else.
 */
final class Extremes {
    private final AxisOrder order;
    private final double origin;
    private final double length;
    private final Point[] least;
    private final Point[] greatest;

    private Extremes(AxisOrder order, Point first, Point last, int parts) {
        this.order = order;
        this.origin = order.place(first);
        this.length = order.place(last) - origin;
        this.least = new Point[parts];
        this.greatest = new Point[parts];
    }

    /**
     * Some of the points, in the order of the axis.
     *
     * @param points in any order
     * @param first on the axis
     * @param last on the axis
     * @param size how many to keep at most, 4 or more
     */
    static List<Point> of(PointSource points, AxisOrder order, Point first, Point last, int size) {
        Extremes extremes = new Extremes(order, first, last, (size - 2) / 2);
        points.forEach(extremes::add);
        TreeSet<Point> kept = new TreeSet<>(order);
        kept.add(first);
        kept.add(last);
        for (int part = 0; part < extremes.least.length; part++) {
            if (extremes.least[part] != null) {
                kept.add(extremes.least[part]);
                kept.add(extremes.greatest[part]);
            }
        }
        return List.copyOf(kept);
    }

    private void add(Point point) {
        int part = part(point);
        if (replaces(point, least[part]) || (bothNumbers(point, least[part]) && point.value() < least[part].value())) {
            least[part] = point;
        }
        if (replaces(point, greatest[part])
                || (bothNumbers(point, greatest[part]) && point.value() > greatest[part].value())) {
            greatest[part] = point;
        }
    }

    private int part(Point point) {
        double share = length == 0 ? 0 : (order.place(point) - origin) / length;
        return (int) Math.min(Math.max(share * least.length, 0), least.length - 1);
    }

    private static boolean replaces(Point point, @Nullable Point kept) {
        return kept == null || (Double.isNaN(kept.value()) && !Double.isNaN(point.value()));
    }

    private static boolean bothNumbers(Point point, Point kept) {
        return !Double.isNaN(point.value()) && !Double.isNaN(kept.value());
    }
}
