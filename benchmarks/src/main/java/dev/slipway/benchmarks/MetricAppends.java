package dev.slipway.benchmarks;

import dev.slipway.api.training.LogBatch;
import dev.slipway.api.training.Metric;
import dev.slipway.kernel.id.RunId;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Durable appends of metric values through the training service, from several threads; beside it, the same values as rows
 * of plain SQLite with the same settings, one transaction for each request.
 */
final class MetricAppends implements Measurement {
    private static final int THREADS = 8;
    private static final int ROUNDS = 5;
    private static final long ROUND_MILLISECONDS = 1500;

    private final int points;
    private final List<Integer> keys;

    /**
     * Appends in requests of one size.
     *
     * @param points in each request
     * @param keys to how many metrics they belong; each count is measured on its own
     */
    MetricAppends(int points, List<Integer> keys) {
        this.points = points;
        this.keys = List.copyOf(keys);
    }

    @Override
    public void run(Path folder, PrintStream out) throws Exception {
        try (RunningServer server = RunningServer.start(folder.resolve("server"));
                PointRows peer = PointRows.open(folder.resolve("peer.db"), "NORMAL")) {
            for (int count : keys) {
                measure(server, peer, count, out);
            }
        }
    }

    private void measure(RunningServer server, PointRows peer, int count, PrintStream out) throws Exception {
        List<RunId> runs = server.makeRuns("of-" + count, THREADS);
        long[] step = new long[THREADS];
        int steps = points / count;
        Load.Call service = (thread, number) -> {
            LogBatch batch = batch(count, step[thread]);
            step[thread] += steps;
            server.call(() -> server.training().log(runs.get(thread), batch));
        };
        Load.Call rows = (thread, number) -> peer.append(thread, count, points, number * steps);
        Load.rate(THREADS, ROUND_MILLISECONDS, service);
        List<Double> rates = Load.inTurns(
                ROUNDS,
                List.of(
                        () -> points * Load.rate(THREADS, ROUND_MILLISECONDS, service),
                        () -> points * Load.rate(THREADS, ROUND_MILLISECONDS, rows)));
        out.printf(
                "metric appends, %,d points of %,d metrics per request, %d threads:"
                        + " %,.0f points/s through the service, %,.0f/s SQLite alone, ratio %.2f%n",
                points, count, THREADS, rates.get(0), rates.get(1), rates.get(0) / rates.get(1));
    }

    private LogBatch batch(int count, long firstStep) {
        List<Metric> metrics = new ArrayList<>(points);
        for (int i = 0; i < points; i++) {
            long step = firstStep + i / count;
            metrics.add(new Metric("metric-" + i % count, 1.0 / (step + 1), 1_700_000_000_000L + step, step));
        }
        return new LogBatch(metrics, List.of(), List.of());
    }
}
