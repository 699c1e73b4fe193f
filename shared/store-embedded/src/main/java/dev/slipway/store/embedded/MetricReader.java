package dev.slipway.store.embedded;

import dev.slipway.kernel.Page;
import dev.slipway.store.common.PointCodec;
import dev.slipway.store.common.PointPages;
import dev.slipway.store.common.SmallestPoints;
import dev.slipway.store.metric.Point;
import dev.slipway.store.metric.Series;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads ranges of one series, one bucket of steps after the other, in memory bounded by the page. */
final class MetricReader {
    /** 16,384 steps are one bucket. */
    private static final int BUCKET_BITS = 14;

    static long bucket(long step) {
        return step >> BUCKET_BITS;
    }

    Page<Point> page(Session session, Series series, long fromStep, long toStep, int limit, Optional<String> cursor)
            throws SQLException {
        PointPages pages = new PointPages(series, fromStep, toStep);
        Point after = pages.after(cursor).orElse(null);
        return pages.page(after(session, series, fromStep, toStep, limit + 1, after), limit);
    }

    /** @param after where to begin, exclusive; null for the beginning of the range */
    List<Point> after(Session session, Series series, long fromStep, long toStep, int wanted, Point after)
            throws SQLException {
        List<Point> found = new ArrayList<>();
        long begin = after == null ? fromStep : Math.max(fromStep, after.step());
        OptionalLong bucket = begin > toStep
                ? OptionalLong.empty()
                : bucketIn(session, MetricSql.FIRST_BUCKET, series, bucket(begin), bucket(toStep));
        while (bucket.isPresent() && found.size() < wanted) {
            SmallestPoints smallest = new SmallestPoints(wanted - found.size());
            session.each(
                    MetricSql.POINTS,
                    row -> PointCodec.read(row.getBytes("points"), point -> {
                        if (point.step() >= fromStep
                                && point.step() <= toStep
                                && (after == null || point.compareTo(after) > 0)) {
                            smallest.offer(point);
                        }
                    }),
                    series.workspace().name(),
                    series.entity().value(),
                    series.key(),
                    bucket.getAsLong());
            found.addAll(smallest.sorted());
            bucket = bucketIn(session, MetricSql.FIRST_BUCKET, series, bucket.getAsLong() + 1, bucket(toStep));
        }
        return found;
    }

    /** The greatest step in the range; empty if it has no point. */
    OptionalLong lastStep(Session session, Series series, long fromStep, long toStep) throws SQLException {
        OptionalLong bucket = bucketIn(session, MetricSql.LAST_BUCKET, series, bucket(fromStep), bucket(toStep));
        while (bucket.isPresent()) {
            long[] last = {Long.MIN_VALUE, 0};
            session.each(
                    MetricSql.POINTS,
                    row -> PointCodec.read(row.getBytes("points"), point -> {
                        if (point.step() >= fromStep && point.step() <= toStep && point.step() >= last[0]) {
                            last[0] = point.step();
                            last[1] = 1;
                        }
                    }),
                    series.workspace().name(),
                    series.entity().value(),
                    series.key(),
                    bucket.getAsLong());
            if (last[1] == 1) {
                return OptionalLong.of(last[0]);
            }
            bucket = bucketIn(session, MetricSql.LAST_BUCKET, series, bucket(fromStep), bucket.getAsLong() - 1);
        }
        return OptionalLong.empty();
    }

    /** The first bucket that holds points, from {@code bucket} on. */
    OptionalLong firstBucket(Session session, Series series, long bucket) throws SQLException {
        return bucketIn(session, MetricSql.FIRST_BUCKET, series, bucket, Long.MAX_VALUE);
    }

    private static OptionalLong bucketIn(Session session, Sql sql, Series series, long from, long to)
            throws SQLException {
        return session.first(
                        sql,
                        row -> OptionalLong.of(row.getLong("bucket")),
                        series.workspace().name(),
                        series.entity().value(),
                        series.key(),
                        from,
                        to)
                .orElse(OptionalLong.empty());
    }
}
