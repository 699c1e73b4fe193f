package dev.slipway.administration;

import dev.slipway.store.metric.Chunk;
import dev.slipway.store.metric.MetricStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Appends points, many series at once. */
final class PointSink implements LineSink {
    private static final int POINTS = 20_000;

    private final MetricStore metrics;
    private final List<Chunk> chunks = new ArrayList<>();
    private int points;

    PointSink(MetricStore metrics) {
        this.metrics = metrics;
    }

    @Override
    public void write(byte[] line) throws IOException {
        Chunk chunk = PointsJson.read(line);
        chunks.add(chunk);
        points += chunk.points().size();
        if (points >= POINTS) {
            flush();
        }
    }

    @Override
    public void flush() {
        if (!chunks.isEmpty()) {
            metrics.append(List.copyOf(chunks));
            chunks.clear();
            points = 0;
        }
    }
}
