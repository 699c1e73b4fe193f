package dev.slipway.store.metric;

import dev.slipway.kernel.Page;
import dev.slipway.kernel.Workspace;
import dev.slipway.kernel.id.EntityId;
import java.util.List;
import java.util.Optional;

/**
 * Time series of doubles. A row is a chunk: the points that one request appended to one series, named by their content,
 * so an append that is repeated is harmless. Points that are equal in step, timestamp and value are one point; several
 * values at one step and time are all kept.
 *
 * <p>Once {@link #append} has returned, the points survive the death of the process. Safe for use by many threads.
 */
public interface MetricStore extends AutoCloseable {
    /** At most this many points go into one append; more are {@code TOO_LARGE}, {@code metric.too-many-points}. */
    int MAX_POINTS = 100_000;

    /** At most this many points are in one page of a range. */
    int MAX_RANGE = 25_000;

    /** At most this many buckets are in one answer. */
    int MAX_BUCKETS = 10_000;

    /** Appends all of the chunks or, when it fails, possibly some of them; repeating it is then right and harmless. */
    void append(List<Chunk> chunks);

    /** The names of the series of one entity, in the order of their UTF-8 bytes. */
    List<String> keys(Workspace workspace, EntityId entity);

    /**
     * A page of points with {@code fromStep <= step <= toStep}, ordered by (step, timestamp, value).
     *
     * @param limit 1 to {@link #MAX_RANGE}, otherwise {@code metric.limit}
     * @param cursor what a page of the same range gave; one of another range is refused with {@code page.cursor}
     */
    Page<Point> range(Series series, long fromStep, long toStep, int limit, Optional<String> cursor);

    /**
     * The points that stand after a place in the order of (step, timestamp, value), the first of them.
     *
     * @param after which need not be in the series; empty for the beginning
     * @param limit 1 to {@link #MAX_RANGE}, otherwise {@code metric.limit}
     */
    List<Point> after(Series series, Optional<Point> after, int limit);

    /**
     * The range in at most {@code buckets} buckets of equal width in steps; empty ones are left out. The buckets divide
     * what lies between the first and the last step that the series has within the range: from {@code first} on, each
     * is {@code (last - first) / buckets + 1} steps wide, and the last one ends with {@code last}.
     *
     * @param buckets 1 to {@link #MAX_BUCKETS}, otherwise {@code metric.buckets}
     */
    List<Bucket> downsample(Series series, long fromStep, long toStep, int buckets);

    /** Merges the small chunks of a series; what readers see does not change. Returns how many chunks are left. */
    int compact(Series series);

    /**
     * A page of all series that hold points, of all workspaces, in an order of the store's own that does not change; an
     * export reads it. A series begun while the pages are read may be missing from them.
     */
    Page<Series> series(int limit, Optional<String> cursor);

    @Override
    void close();
}
