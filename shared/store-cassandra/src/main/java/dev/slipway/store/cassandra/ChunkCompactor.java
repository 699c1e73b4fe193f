package dev.slipway.store.cassandra;

import com.datastax.oss.driver.api.core.cql.Row;
import dev.slipway.store.common.PointCodec;
import dev.slipway.store.metric.Point;
import dev.slipway.store.metric.Series;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Merges the small chunks of a window into larger ones, bucket by bucket.
 *
 * <p>The merged chunk is written first. Then those it was made of are not deleted but written again to expire in ten
 * minutes, so that a reader who has passed the merged chunk's place still finds them; meanwhile readers drop what they see
 * twice. A chunk is only ever let go for one that stays and holds more points, or the same in a slice whose name comes
 * first. As no circle of these can be, every point stays in some chunk, whoever else merges at the same time.
 *
 * <p>Chunks that live longer than this process lets points live are left alone: the rows that tell of its slices would not
 * outlive them.
 */
final class ChunkCompactor {
    /** A chunk of fewer points is small. */
    private static final int SMALL = Layout.CHUNK_POINTS / 4;
    /** Longer than any page is being read. */
    private static final int LEAVING_SECONDS = 600;
    /** Of full chunks 3 MiB. */
    private static final int PAGE = 64;

    private static final int SIZES_PAGE = 1000;

    private record Found(Partition partition, StoredChunk chunk, Optional<Integer> secondsLeft) {}

    /** Small chunks of one window, to be merged into one. */
    private static final class Group {
        private final List<Found> chunks = new ArrayList<>();
        private int points;
    }

    private final Requests requests;
    private final SliceIndex index;
    private final ChunkWriter writer;
    private final Lifetime lifetime;

    ChunkCompactor(Requests requests, SliceIndex index, ChunkWriter writer, Lifetime lifetime) {
        this.requests = requests;
        this.index = index;
        this.writer = writer;
        this.lifetime = lifetime;
    }

    /** How many chunks are left, without those that expire within ten minutes. */
    int compact(Series series) {
        Iterator<Partition> partitions = index.partitions(series, Long.MIN_VALUE, Long.MAX_VALUE);
        List<Partition> bucket = new ArrayList<>();
        int left = 0;
        while (partitions.hasNext()) {
            Partition partition = partitions.next();
            if (!bucket.isEmpty() && bucket.get(0).bucket() != partition.bucket()) {
                left += compact(bucket);
                bucket.clear();
            }
            bucket.add(partition);
        }
        return left + (bucket.isEmpty() ? 0 : compact(bucket));
    }

    private int compact(List<Partition> bucket) {
        if (count(bucket, SMALL) >= 2) {
            merge(bucket);
            Series series = bucket.get(0).series();
            long number = bucket.get(0).bucket();
            List<Partition> now = new ArrayList<>();
            index.partitions(series, number, number).forEachRemaining(now::add);
            return count(now, Integer.MAX_VALUE);
        }
        return count(bucket, Integer.MAX_VALUE);
    }

    /** How many chunks of fewer points there are, and will be. */
    private int count(List<Partition> bucket, int points) {
        int count = 0;
        ReadAhead reads = new ReadAhead(bucket.iterator(), partition -> rows(Cql.CHUNK_SIZES, partition, SIZES_PAGE));
        while (reads.hasNext()) {
            Rows rows = reads.next().rows();
            while (rows.hasNext()) {
                Row row = rows.next();
                boolean counts = row.getInt("count") < points && !isLeaving(secondsLeft(row));
                count += counts ? 1 : 0;
            }
        }
        return count;
    }

    /** One pass over the slices. At most 64 groups are open, one for each window of the bucket. */
    private void merge(List<Partition> bucket) {
        Map<Long, Group> groups = new HashMap<>();
        ReadAhead reads = new ReadAhead(bucket.iterator(), partition -> rows(Cql.CHUNKS_TO_MERGE, partition, PAGE));
        while (reads.hasNext()) {
            ReadAhead.Read read = reads.next();
            while (read.rows().hasNext()) {
                Found found = found(read.partition(), read.rows().next());
                if (found.chunk().count() < SMALL && mayMerge(found.secondsLeft())) {
                    long window = Layout.window(found.chunk().firstStep());
                    groups.put(window, added(groups.get(window), found));
                }
            }
        }
        groups.values().forEach(this::merge);
    }

    /** The group with one chunk more; it is merged and a new one begun if the chunk is too much for it. */
    private Group added(Group open, Found found) {
        Group group = open;
        if (group != null && group.points + found.chunk().count() > Layout.CHUNK_POINTS) {
            merge(group);
            group = null;
        }
        if (group == null) {
            group = new Group();
        }
        group.chunks.add(found);
        group.points += found.chunk().count();
        return group;
    }

    private void merge(Group group) {
        if (group.chunks.size() < 2) {
            return;
        }
        List<Point> points = new ArrayList<>();
        group.chunks.forEach(found -> PointCodec.read(found.chunk().points(), points::add));
        StoredChunk merged = Layout.chunk(points.stream().sorted().distinct().toList());
        int seconds =
                group.chunks.stream().anyMatch(found -> found.secondsLeft().isEmpty())
                        ? 0
                        : group.chunks.stream()
                                .mapToInt(found -> found.secondsLeft().orElse(0))
                                .max()
                                .orElse(0);
        Flight flight = new Flight(requests);
        Partition stays = write(flight, group, merged, seconds);
        for (Found found : group.chunks) {
            if (!found.partition().equals(stays) || !found.chunk().hasName(merged.hash())) {
                writer.write(flight, found.partition(), found.chunk(), LEAVING_SECONDS);
            }
        }
        flight.land();
    }

    /** Where the merged chunk is, once it is there: one of the group may be equal to it. */
    private Partition write(Flight flight, Group group, StoredChunk merged, int seconds) {
        Optional<Partition> there = group.chunks.stream()
                .filter(found -> found.chunk().hasName(merged.hash()))
                .map(Found::partition)
                .min(Comparator.comparing(Partition::slice));
        if (there.isEmpty()) {
            return writer.writeMerged(group.chunks.get(0).partition().series(), merged, seconds);
        }
        writer.write(flight, there.get(), merged, seconds);
        flight.land();
        return there.get();
    }

    private boolean mayMerge(Optional<Integer> secondsLeft) {
        int longest = lifetime.chunkSeconds();
        return !isLeaving(secondsLeft) && (longest == 0 || secondsLeft.orElse(Integer.MAX_VALUE) <= longest);
    }

    private static boolean isLeaving(Optional<Integer> secondsLeft) {
        return secondsLeft.isPresent() && secondsLeft.get() <= LEAVING_SECONDS;
    }

    private static Optional<Integer> secondsLeft(Row row) {
        return row.isNull("seconds_left") ? Optional.empty() : Optional.of(row.getInt("seconds_left"));
    }

    private static Found found(Partition partition, Row row) {
        StoredChunk chunk = new StoredChunk(
                row.getLong("first_step"),
                Blobs.bytes(row.getByteBuffer("hash")),
                row.getLong("last_step"),
                row.getInt("count"),
                Blobs.bytes(row.getByteBuffer("points")));
        return new Found(partition, chunk, secondsLeft(row));
    }

    private Rows rows(Cql cql, Partition partition, int pageSize) {
        return new Rows(requests, requests.bind(cql, partition.with()), pageSize);
    }
}
