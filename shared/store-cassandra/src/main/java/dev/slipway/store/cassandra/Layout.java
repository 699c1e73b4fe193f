package dev.slipway.store.cassandra;

import dev.slipway.store.common.PointCodec;
import dev.slipway.store.metric.Point;
import java.util.ArrayList;
import java.util.List;

/**
 * How the points of a series lie in Cassandra.
 *
 * <ul>
 *   <li>A <b>chunk</b> is a row of at most {@value #CHUNK_POINTS} points (48 KiB), all in one <b>window</b> of 16,384 steps. So
 *       a reader who begins at some step begins with the chunks of that step's window.
 *   <li>A <b>bucket</b> is 64 windows, 1,048,576 steps. What a bucket holds of a series lies in one partition or several:
 *   <li>a <b>slice</b> is the partition in which one process writes until it holds 4,096 chunks or 16 MiB of points, whichever
 *       is first ({@link Slices}). No partition is written by two processes, so none outgrows this, however many write.
 * </ul>
 *
 * <p>The table {@code metric_slice} tells which slices there are; a slice is written there before its first chunk.
 */
final class Layout {
    static final int CHUNK_POINTS = 2048;

    private static final int WINDOW_BITS = 14;
    private static final int BUCKET_BITS = 20;

    private Layout() {}

    static long bucket(long step) {
        return step >> BUCKET_BITS;
    }

    /** The first step of the window of a step. */
    static long window(long step) {
        return step >> WINDOW_BITS << WINDOW_BITS;
    }

    /**
     * The chunks that points make.
     *
     * @param points in order and each once
     */
    static List<StoredChunk> chunks(List<Point> points) {
        List<StoredChunk> chunks = new ArrayList<>();
        int begin = 0;
        for (int end = 1; end <= points.size(); end++) {
            boolean full = end == points.size()
                    || end - begin == CHUNK_POINTS
                    || window(points.get(end).step())
                            != window(points.get(begin).step());
            if (full) {
                chunks.add(chunk(points.subList(begin, end)));
                begin = end;
            }
        }
        return chunks;
    }

    /**
     * The chunk that points of one window make.
     *
     * @param points in order and each once, {@value #CHUNK_POINTS} at most
     */
    static StoredChunk chunk(List<Point> points) {
        byte[] blob = PointCodec.write(points);
        return new StoredChunk(
                points.get(0).step(),
                PointCodec.hash(blob),
                points.get(points.size() - 1).step(),
                points.size(),
                blob);
    }
}
