package dev.slipway.benchmarks;

import dev.slipway.api.training.CreateExperiment;
import dev.slipway.api.training.CreateRun;
import dev.slipway.api.training.LogBatch;
import dev.slipway.api.training.Metric;
import dev.slipway.api.training.SearchRuns;
import dev.slipway.api.training.TrainingApi;
import dev.slipway.kernel.id.ExperimentId;
import dev.slipway.kernel.id.RunId;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

/** Ordering 100,000 runs by a metric, first page of 50; beside it, the newest 50 without any order. */
final class RunSearch implements Measurement {
    private static final int RUNS = 100_000;
    private static final int SEARCHES = 200;
    private static final List<String> METRICS = List.of("accuracy", "loss", "latency");

    @Override
    public void run(Path folder, PrintStream out) {
        try (RunningServer server = RunningServer.start(folder)) {
            server.call(() -> measure(server.training(), out));
        }
    }

    private static void measure(TrainingApi training, PrintStream out) {
        ExperimentId experiment =
                training.createExperiment(new CreateExperiment("search")).id();
        Random random = new Random(1);
        long start = System.nanoTime();
        for (int i = 0; i < RUNS; i++) {
            RunId run =
                    training.createRun(new CreateRun(experiment, "run-" + i)).id();
            long time = i;
            training.log(
                    run,
                    new LogBatch(
                            METRICS.stream()
                                    .map(key -> new Metric(key, random.nextGaussian(), time, 1))
                                    .toList(),
                            List.of(),
                            List.of()));
        }
        out.printf("run creation with 3 metrics, 1 thread: %,.0f/s%n", RUNS / ((System.nanoTime() - start) / 1e9));
        Percentiles newest = times(() -> search(training, experiment, null, false));
        for (String metric : METRICS) {
            Percentiles ordered = times(() -> search(training, experiment, metric, true));
            out.printf(
                    "%,d runs ordered by %s, first 50: %s, ratio to newest first %.2f%n",
                    RUNS, metric, ordered, ordered.median() / newest.median());
        }
    }

    private static void search(TrainingApi training, ExperimentId experiment, String metric, boolean descending) {
        training.searchRuns(new SearchRuns(experiment, metric, descending, 50, null));
    }

    private static Percentiles times(Runnable search) {
        double[] milliseconds = new double[SEARCHES];
        for (int i = 0; i < SEARCHES; i++) {
            long start = System.nanoTime();
            search.run();
            milliseconds[i] = (System.nanoTime() - start) / 1e6;
        }
        return Percentiles.of(milliseconds);
    }
}
