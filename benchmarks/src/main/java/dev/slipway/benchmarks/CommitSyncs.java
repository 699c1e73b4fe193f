package dev.slipway.benchmarks;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;

/**
 * What it costs to force every commit to the disk: plain SQLite in WAL mode with {@code synchronous = FULL} beside
 * {@code NORMAL}, which the embedded stores use and which a power cut may take the last commits from.
 */
final class CommitSyncs implements Measurement {
    private static final int ROUNDS = 5;
    private static final long ROUND_MILLISECONDS = 1000;

    @Override
    public void run(Path folder, PrintStream out) throws Exception {
        try (PointRows normal = PointRows.open(folder.resolve("normal.db"), "NORMAL");
                PointRows full = PointRows.open(folder.resolve("full.db"), "FULL")) {
            for (int points : List.of(1, 100, 1000)) {
                List<Double> rates =
                        Load.inTurns(ROUNDS, List.of(() -> commits(normal, points), () -> commits(full, points)));
                out.printf(
                        "commits of %,d rows, 1 thread: %,.0f/s with NORMAL, %,.0f/s with FULL, ratio %.2f%n",
                        points, rates.get(0), rates.get(1), rates.get(1) / rates.get(0));
            }
        }
    }

    private static double commits(PointRows rows, int points) throws Exception {
        return Load.rate(1, ROUND_MILLISECONDS, (thread, number) -> rows.append(thread, 1, points, number));
    }
}
