package dev.slipway.benchmarks;

import dev.slipway.kernel.Workspace;
import dev.slipway.kernel.id.EntityId;
import dev.slipway.kernel.id.IdGenerator;
import dev.slipway.store.cassandra.CassandraMetricStore;
import dev.slipway.store.cassandra.CassandraSettings;
import dev.slipway.store.metric.Chunk;
import dev.slipway.store.metric.MetricStore;
import dev.slipway.store.metric.Point;
import dev.slipway.store.metric.Series;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Appends to a Cassandra in rounds, and prints the median rate and the heap in use after each round. */
final class CassandraProgram {
    private static final int THREADS = 8;
    private static final int KEYS = 10;
    private static final int POINTS = 1000;
    private static final int ROUNDS = 6;
    private static final long ROUND_MILLISECONDS = 5000;

    private CassandraProgram() {}

    /** The server's contact point and datacenter. */
    public static void main(String[] arguments) throws Exception {
        List<Long> heap = new ArrayList<>();
        try (MetricStore metrics =
                CassandraMetricStore.open(CassandraSettings.of(List.of(arguments[0]), arguments[1], "benchmark", 1))) {
            Load.Call append = appends(metrics);
            Load.rate(THREADS, ROUND_MILLISECONDS, append);
            double rate = Load.inTurns(ROUNDS, List.of(() -> {
                        double calls = Load.rate(THREADS, ROUND_MILLISECONDS, append);
                        heap.add(heapInUse() >> 20);
                        return POINTS * calls;
                    }))
                    .get(0);
            System.out.printf(
                    "cassandra appends, %,d points of %d series per call, %d threads: %,.0f points/s;"
                            + " heap in use after each round, MB: %s%n",
                    POINTS,
                    KEYS,
                    THREADS,
                    rate,
                    heap.stream().map(String::valueOf).collect(Collectors.joining(", ")));
        }
    }

    private static Load.Call appends(MetricStore metrics) {
        IdGenerator ids = new IdGenerator();
        List<EntityId> runs = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            runs.add(ids.next(EntityId::new));
        }
        long[] steps = new long[THREADS];
        return (thread, number) -> {
            metrics.append(chunks(runs.get(thread), steps[thread]));
            steps[thread] += POINTS / KEYS;
        };
    }

    private static List<Chunk> chunks(EntityId run, long firstStep) {
        List<Chunk> chunks = new ArrayList<>();
        for (int key = 0; key < KEYS; key++) {
            List<Point> points = new ArrayList<>();
            for (long step = firstStep; step < firstStep + POINTS / KEYS; step++) {
                points.add(new Point(step, 1_700_000_000_000L + step, 1.0 / (step + 1)));
            }
            chunks.add(new Chunk(new Series(Workspace.DEFAULT, run, "metric-" + key), points));
        }
        return chunks;
    }

    /** What is left after a collection, which grows when something is kept. */
    private static long heapInUse() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
