package dev.slipway.benchmarks.mlflow;

import java.io.PrintStream;
import java.util.Arrays;
import java.util.Locale;

/** Prints what was measured, a line each: a name, a number, its unit, parted by tabs, so that two servers' can be joined. */
record Results(PrintStream out) {
    void print(String name, double value, String unit) {
        out.printf(Locale.ROOT, "%s\t%.4g\t%s%n", name, value, unit);
        out.flush();
    }

    void rate(String name, Threads.Outcome outcome, double perCall, String unit) {
        print(name, outcome.perSecond() * perCall, unit);
        print(name + ", p99", percentile(outcome.milliseconds(), 0.99), "ms");
    }

    void times(String name, double[] milliseconds) {
        print(name, percentile(milliseconds, 0.5), "ms");
        print(name + ", p95", percentile(milliseconds, 0.95), "ms");
    }

    private static double percentile(double[] values, double share) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[(int) Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
    }
}
