package dev.slipway.store.common;

import dev.slipway.kernel.Page;
import dev.slipway.store.metric.Point;
import dev.slipway.store.metric.Series;
import java.util.List;
import java.util.Optional;

/** Pages of one range of a series. Their cursor is the last point's place, because a page is merged out of many chunks. */
public final class PointPages {
    private final Cursor cursors;

    /** The pages of the points with {@code fromStep <= step <= toStep}. */
    public PointPages(Series series, long fromStep, long toStep) {
        cursors = Cursor.of("points", series.workspace(), series.entity(), series.key(), fromStep, toStep);
    }

    /** The point after which a page begins; empty for the first page. {@code page.cursor} for a cursor of another range. */
    public Optional<Point> after(Optional<String> cursor) {
        return cursor.map(text -> point(cursors.read(text, "lll")));
    }

    /**
     * The page that the points found make.
     *
     * @param found in order, one more than the limit if there are as many
     */
    public Page<Point> page(List<Point> found, int limit) {
        return Pages.of(found, limit, point -> point, last -> cursors.write(position(last)));
    }

    private static List<Object> position(Point point) {
        return List.of(point.step(), point.timestamp(), Double.doubleToLongBits(point.value()));
    }

    private static Point point(List<Object> position) {
        return new Point(
                (Long) position.get(0), (Long) position.get(1), Double.longBitsToDouble((Long) position.get(2)));
    }
}
