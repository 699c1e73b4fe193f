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
    /** At most this many points go into one append. */
    int MAX_POINTS = 100_000;

    /** Appends all of the chunks or, when it fails, possibly some of them; repeating it is then right and harmless. */
    void append(List<Chunk> chunks);

    /** The names of the series of one entity, in order. */
    List<String> keys(Workspace workspace, EntityId entity);

    /**
     * A page of points with {@code fromStep <= step <= toStep}, ordered by (step, timestamp, value).
     *
     * @param limit 1 to 25,000
     * @param cursor what a page of the same range gave
     */
    Page<Point> range(Series series, long fromStep, long toStep, int limit, Optional<String> cursor);

    /**
     * The range in at most {@code buckets} buckets of equal width in steps; empty ones are left out.
     *
     * @param buckets 1 to 10,000
     */
    List<Bucket> downsample(Series series, long fromStep, long toStep, int buckets);

    /** Merges the small chunks of a series; what readers see does not change. Returns how many chunks are left. */
    int compact(Series series);

    @Override
    void close();
}
