package dev.slipway.benchmarks;

import dev.slipway.api.training.CreateExperiment;
import dev.slipway.api.training.CreateRun;
import dev.slipway.api.training.LogBatch;
import dev.slipway.api.training.Metric;
import dev.slipway.api.training.SearchRuns;
import dev.slipway.api.training.TrainingApi;
import dev.slipway.kernel.Caller;
import dev.slipway.kernel.id.ExperimentId;
import dev.slipway.kernel.id.RunId;
import dev.slipway.runtime.caller.Callers;
import dev.slipway.standalone.SlipwayServer;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Ordering 100,000 runs by a metric, first page of 50; beside it, the newest 50 without any order. */
final class RunSearch {
    private static final int RUNS = 100_000;
    private static final int SEARCHES = 200;
    private static final List<String> METRICS = List.of("accuracy", "loss", "latency");

    private final TrainingApi training;
    private final Callers callers;
    private final Caller caller;

    RunSearch(SlipwayServer server, Callers callers, Caller caller) {
        this.training = server.bean(TrainingApi.class);
        this.callers = callers;
        this.caller = caller;
    }

    void run(PrintStream out) {
        callers.runAs(caller, () -> measure(out));
    }

    private void measure(PrintStream out) {
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
        double[] newest = times(() -> search(experiment, null, false));
        for (String metric : METRICS) {
            double[] ordered = times(() -> search(experiment, metric, true));
            out.printf(
                    "%,d runs ordered by %s, first 50: median %.2f ms, p95 %.2f ms, ratio to newest first %.2f%n",
                    RUNS, metric, median(ordered), p95(ordered), median(ordered) / median(newest));
        }
    }

    private void search(ExperimentId experiment, String metric, boolean descending) {
        training.searchRuns(new SearchRuns(experiment, metric, descending, 50, null));
    }

    private static double[] times(Runnable search) {
        double[] milliseconds = new double[SEARCHES];
        for (int i = 0; i < SEARCHES; i++) {
            long start = System.nanoTime();
            search.run();
            milliseconds[i] = (System.nanoTime() - start) / 1e6;
        }
        Arrays.sort(milliseconds);
        return milliseconds;
    }

    private static double median(double[] sorted) {
        return sorted[sorted.length / 2];
    }

    private static double p95(double[] sorted) {
        return sorted[(int) (sorted.length * 0.95)];
    }
}
