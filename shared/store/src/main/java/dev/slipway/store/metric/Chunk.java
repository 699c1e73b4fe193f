package dev.slipway.store.metric;

import java.util.List;

/** Points to be appended to one series; at least one. */
public record Chunk(Series series, List<Point> points) {
    public Chunk {
        points = List.copyOf(points);
        if (points.isEmpty()) {
            throw new IllegalArgumentException("a chunk holds at least one point");
        }
    }
}
