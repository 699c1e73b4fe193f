package dev.slipway.store.cassandra;

import com.datastax.oss.driver.api.core.cql.Row;
import dev.slipway.store.common.PointCodec;
import dev.slipway.store.common.SmallestPoints;
import dev.slipway.store.metric.Point;
import dev.slipway.store.metric.Series;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** Reads points in order, bucket by bucket, in memory bounded by what is asked for and some pages of chunks. */
final class ChunkReader {
    /** Of full chunks 3 MiB. */
    private static final int PAGE = 64;
    /** The last chunks are asked for when one or two will do. */
    private static final int LAST_PAGE = 8;

    private final Requests requests;
    private final SliceIndex index;

    ChunkReader(Requests requests, SliceIndex index) {
        this.requests = requests;
        this.index = index;
    }

    /**
     * The first points of a range.
     *
     * @param after where to begin, exclusive; null for the beginning of the range
     */
    List<Point> after(Series series, long fromStep, long toStep, int wanted, Point after) {
        List<Point> found = new ArrayList<>();
        long begin = after == null ? fromStep : Math.max(fromStep, after.step());
        if (begin > toStep) {
            return found;
        }
        ReadAhead reads = new ReadAhead(
                index.partitions(series, Layout.bucket(begin), Layout.bucket(toStep)),
                partition -> rows(Cql.CHUNKS, partition, begin, toStep, PAGE));
        SmallestPoints smallest = new SmallestPoints(wanted);
        long bucket = Layout.bucket(begin);
        while (reads.hasNext()) {
            ReadAhead.Read read = reads.next();
            if (read.partition().bucket() != bucket) {
                found.addAll(smallest.sorted());
                if (found.size() >= wanted) {
                    return found;
                }
                smallest = new SmallestPoints(wanted - found.size());
                bucket = read.partition().bucket();
            }
            offer(read.rows(), begin, toStep, after, smallest);
        }
        found.addAll(smallest.sorted());
        return found;
    }

    /** Chunks come in the order of their first steps, so one that begins too late ends the partition. */
    private static void offer(Rows rows, long begin, long toStep, Point after, SmallestPoints smallest) {
        while (rows.hasNext()) {
            Row row = rows.next();
            if (!smallest.wants(row.getLong("first_step"))) {
                return;
            }
            PointCodec.read(blob(row), point -> {
                if (point.step() >= begin && point.step() <= toStep && (after == null || point.compareTo(after) > 0)) {
                    smallest.offer(point);
                }
            });
        }
    }

    /** The greatest step in the range; empty if it has no point. */
    OptionalLong lastStep(Series series, long fromStep, long toStep) {
        if (fromStep > toStep) {
            return OptionalLong.empty();
        }
        ReadAhead reads = new ReadAhead(
                index.lastFirst(series, Layout.bucket(fromStep), Layout.bucket(toStep)),
                partition -> rows(Cql.CHUNKS_LAST_FIRST, partition, fromStep, toStep, LAST_PAGE));
        OptionalLong last = OptionalLong.empty();
        while (reads.hasNext()) {
            ReadAhead.Read read = reads.next();
            if (last.isPresent()
                    && Layout.bucket(last.getAsLong()) != read.partition().bucket()) {
                return last;
            }
            last = lastStep(read.rows(), fromStep, toStep, last);
        }
        return last;
    }

    /** Chunks of an earlier window than that of the greatest step so far hold nothing greater. */
    private static OptionalLong lastStep(Rows rows, long fromStep, long toStep, OptionalLong before) {
        OptionalLong last = before;
        while (rows.hasNext()) {
            Row row = rows.next();
            if (last.isPresent() && row.getLong("first_step") < Layout.window(last.getAsLong())) {
                return last;
            }
            long step = row.getLong("last_step") <= toStep ? row.getLong("last_step") : lastUpTo(toStep, blob(row));
            if (step >= fromStep && (last.isEmpty() || step > last.getAsLong())) {
                last = OptionalLong.of(step);
            }
        }
        return last;
    }

    private static long lastUpTo(long toStep, byte[] chunk) {
        long[] last = {Long.MIN_VALUE};
        PointCodec.read(chunk, point -> last[0] = point.step() <= toStep ? point.step() : last[0]);
        return last[0];
    }

    /** The chunks that may hold a point of the range, which begin no earlier than the window of its first step. */
    private Rows rows(Cql cql, Partition partition, long fromStep, long toStep, int pageSize) {
        return new Rows(requests, requests.bind(cql, partition.with(Layout.window(fromStep), toStep)), pageSize);
    }

    private static byte[] blob(Row row) {
        return Blobs.bytes(row.getByteBuffer("points"));
    }
}
