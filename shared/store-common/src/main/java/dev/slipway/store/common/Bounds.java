package dev.slipway.store.common;

import dev.slipway.kernel.Page;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.store.graph.GraphStore;
import dev.slipway.store.metric.Chunk;
import dev.slipway.store.metric.MetricStore;
import java.util.Collection;
import java.util.List;

/** Holds calls to the bounds that the ports state; what is over them is refused with the code that the port names. */
public final class Bounds {
    private Bounds() {}

    /** {@link GraphStore#MAX_IDS}. */
    public static void checkIds(Collection<?> ids) {
        if (ids.size() > GraphStore.MAX_IDS) {
            throw SlipwayException.tooLarge(
                    "store.too-many-ids",
                    GraphStore.MAX_IDS + " ids are read at once at most, not " + ids.size() + ".");
        }
    }

    /** {@link GraphStore#restore} and {@link GraphStore#remove}. */
    public static void checkRows(Collection<?> rows) {
        if (rows.size() > Page.MAX_LIMIT) {
            throw SlipwayException.tooLarge(
                    "store.too-many-rows",
                    Page.MAX_LIMIT + " rows are written at once at most, not " + rows.size() + ".");
        }
    }

    /** {@link GraphStore#MAX_EVENTS}. */
    public static void checkEvents(int limit) {
        if (limit < 1 || limit > GraphStore.MAX_EVENTS) {
            throw SlipwayException.invalid(
                    "store.event-limit",
                    "1 to " + GraphStore.MAX_EVENTS + " events are read at once, not " + limit + ".");
        }
    }

    /** {@link MetricStore#MAX_POINTS}. */
    public static void checkAppend(List<Chunk> chunks) {
        long points = chunks.stream().mapToLong(chunk -> chunk.points().size()).sum();
        if (points > MetricStore.MAX_POINTS) {
            throw SlipwayException.tooLarge(
                    "metric.too-many-points",
                    MetricStore.MAX_POINTS + " points are appended at once at most, not " + points
                            + ". Send them in parts.");
        }
    }

    /** {@link MetricStore#MAX_RANGE}. */
    public static void checkRange(int limit) {
        if (limit < 1 || limit > MetricStore.MAX_RANGE) {
            throw SlipwayException.invalid(
                    "metric.limit", "A page of points has 1 to " + MetricStore.MAX_RANGE + ", not " + limit + ".");
        }
    }

    /** {@link MetricStore#MAX_BUCKETS}. */
    public static void checkBuckets(int buckets) {
        if (buckets < 1 || buckets > MetricStore.MAX_BUCKETS) {
            throw SlipwayException.invalid(
                    "metric.buckets", "An answer has 1 to " + MetricStore.MAX_BUCKETS + ", not " + buckets + ".");
        }
    }
}
