package dev.slipway.store.embedded;

import dev.slipway.store.common.PointCodec;
import dev.slipway.store.metric.Point;
import dev.slipway.store.metric.Series;
import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Merges small chunks of one bucket into larger ones. If an append is repeated after its chunk was merged away, the chunk
 * stands there again, which readers do not see.
 */
final class MetricCompactor {
    /** A chunk of fewer points is small. */
    private static final int SMALL = 4096;
    /** So many chunks are merged at once at most, which bounds memory. */
    private static final int AT_ONCE = 256;

    private record Stored(ByteBuffer hash, ByteBuffer points) {}

    /** Merges some of the bucket's small chunks; false when fewer than two of them were left. */
    boolean mergeSome(Session session, Series series, long bucket) throws SQLException {
        List<Stored> small = session.query(
                MetricSql.SMALL_CHUNKS,
                row -> new Stored(ByteBuffer.wrap(row.getBytes("hash")), ByteBuffer.wrap(row.getBytes("points"))),
                series.workspace().name(),
                series.entity().value(),
                series.key(),
                bucket,
                SMALL,
                AT_ONCE);
        if (small.size() < 2) {
            return false;
        }
        List<Point> points = new ArrayList<>();
        int merged = 0;
        while (merged < small.size() && points.size() < SMALL) {
            PointCodec.read(small.get(merged).points().array(), points::add);
            merged++;
        }
        // Deleted first, because the merged chunk may be equal to one of them.
        for (Stored chunk : small.subList(0, merged)) {
            session.update(
                    MetricSql.CHUNK_DELETE,
                    series.workspace().name(),
                    series.entity().value(),
                    series.key(),
                    bucket,
                    chunk.hash().array());
        }
        insert(session, series, bucket, points.stream().sorted().distinct().toList());
        return true;
    }

    /** @param points of the bucket, in order and each once */
    static void insert(Session session, Series series, long bucket, List<Point> points) throws SQLException {
        byte[] blob = PointCodec.write(points);
        session.update(
                MetricSql.CHUNK_INSERT,
                series.workspace().name(),
                series.entity().value(),
                series.key(),
                bucket,
                PointCodec.hash(blob),
                points.size(),
                blob);
    }
}
