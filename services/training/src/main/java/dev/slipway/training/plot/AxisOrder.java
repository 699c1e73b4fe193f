package dev.slipway.training.plot;

import dev.slipway.api.training.SeriesRequest.Axis;
import dev.slipway.store.metric.Point;
import java.util.Comparator;

/** Where points stand on an axis. */
record AxisOrder(Axis axis) implements Comparator<Point> {
    long place(Point point) {
        return switch (axis) {
            case STEP -> point.step();
            case TIME -> point.timestamp();
        };
    }

    /** By their places on the axis, then as they stand in the series. */
    @Override
    public int compare(Point left, Point right) {
        int byPlace = Long.compare(place(left), place(right));
        return byPlace != 0 ? byPlace : left.compareTo(right);
    }
}
