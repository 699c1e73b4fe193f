package dev.slipway.store.cassandra;

import com.datastax.oss.driver.api.core.cql.BoundStatement;
import dev.slipway.store.metric.Chunk;
import dev.slipway.store.metric.Point;
import dev.slipway.store.metric.Series;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/** Writes points: first the rows by which they are found, then the chunks. */
final class ChunkWriter {
    private record Placed(Partition partition, StoredChunk chunk) {}

    private final Requests requests;
    private final Slices slices;
    private final IndexRows indexRows;
    private final Lifetime lifetime;

    ChunkWriter(Requests requests, Slices slices, IndexRows indexRows, Lifetime lifetime) {
        this.requests = requests;
        this.slices = slices;
        this.indexRows = indexRows;
        this.lifetime = lifetime;
    }

    /** Returns when all of the points are acknowledged. */
    void append(List<Chunk> chunks) {
        Map<Series, List<Point>> points = new LinkedHashMap<>();
        for (Chunk chunk : chunks) {
            points.computeIfAbsent(chunk.series(), series -> new ArrayList<>()).addAll(chunk.points());
        }
        List<Placed> placed = new ArrayList<>();
        points.forEach((series, unordered) -> {
            for (StoredChunk chunk :
                    Layout.chunks(unordered.stream().sorted().distinct().toList())) {
                placed.add(new Placed(place(series, chunk), chunk));
            }
        });
        indexRows.ensure(
                new LinkedHashSet<>(placed.stream().map(Placed::partition).toList()));
        Flight flight = new Flight(requests);
        for (Placed row : placed) {
            write(flight, row.partition(), row.chunk(), lifetime.chunkSeconds());
        }
        flight.land();
    }

    private Partition place(Series series, StoredChunk chunk) {
        return slices.choose(series, Layout.bucket(chunk.firstStep()), chunk.points().length);
    }

    /** Writes a chunk into a slice of this process; returns the slice once the chunk is there. */
    Partition writeMerged(Series series, StoredChunk chunk, int seconds) {
        Partition partition = place(series, chunk);
        indexRows.ensure(List.of(partition));
        Flight flight = new Flight(requests);
        write(flight, partition, chunk, seconds);
        flight.land();
        return partition;
    }

    /**
     * Writes a chunk where it is already, or where the index tells of it.
     *
     * @param seconds how long it shall live from now on; 0 for ever
     */
    void write(Flight flight, Partition partition, StoredChunk chunk, int seconds) {
        BoundStatement insert = requests.bind(
                Cql.INSERT_CHUNK,
                partition.with(
                        chunk.firstStep(),
                        ByteBuffer.wrap(chunk.hash()),
                        chunk.lastStep(),
                        chunk.count(),
                        ByteBuffer.wrap(chunk.points()),
                        seconds));
        flight.write(
                partition,
                insert,
                chunk.points().length + 3 * partition.series().key().length());
    }
}
