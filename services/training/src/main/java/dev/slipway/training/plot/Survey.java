package dev.slipway.training.plot;

import dev.slipway.api.training.SeriesPlace;
import dev.slipway.store.metric.Point;
import io.micronaut.core.annotation.Nullable;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** What one look at a series tells of it: how many points there are, where they begin and end, all of them if they are few. */
final class Survey {
    /** So many are kept in memory. */
    static final int MAX_KEPT = 100_000;

    private final AxisOrder order;
    private final int maxKept;
    private final Deque<Point> tail = new ArrayDeque<>();
    private final List<Point> kept = new ArrayList<>();
    private long count;
    private long notFinite;
    private boolean inOrder = true;
    private Point first;
    private Point last;
    private Point before;

    Survey(AxisOrder order, int maxKept) {
        this.order = order;
        this.maxKept = maxKept;
    }

    void add(Point point) {
        count++;
        if (!Double.isFinite(point.value())) {
            notFinite++;
        }
        inOrder &= before == null || order.place(before) <= order.place(point);
        before = point;
        first = first == null || order.compare(point, first) < 0 ? point : first;
        last = last == null || order.compare(point, last) > 0 ? point : last;
        tail.addLast(point);
        if (tail.size() > SeriesPlace.WINDOW + 1) {
            tail.removeFirst();
        }
        if (count <= maxKept) {
            kept.add(point);
        } else {
            kept.clear();
        }
    }

    long count() {
        return count;
    }

    /** How many are NaN or infinite. */
    long notFinite() {
        return notFinite;
    }

    /** Whether the points come in the order of the axis. */
    boolean inOrder() {
        return inOrder;
    }

    /** The first on the axis; null when there is none. */
    @Nullable
    Point first() {
        return first;
    }

    /** The last on the axis; null when there is none. */
    @Nullable
    Point last() {
        return last;
    }

    /** The last of the series, one more than a reader's window if there are as many. */
    List<Point> tail() {
        return List.copyOf(tail);
    }

    boolean isKept() {
        return count <= maxKept;
    }

    /** All points in the order of the axis, if they are kept. */
    List<Point> sorted() {
        return inOrder ? kept : kept.stream().sorted(order).toList();
    }
}
