package dev.slipway.benchmarks;

import java.util.Arrays;

/** Of some times, in milliseconds. */
record Percentiles(double median, double p95) {
    static Percentiles of(double[] milliseconds) {
        double[] sorted = milliseconds.clone();
        Arrays.sort(sorted);
        return new Percentiles(sorted[sorted.length / 2], sorted[(int) (sorted.length * 0.95)]);
    }

    @Override
    public String toString() {
        return "p50 %.2f ms, p95 %.2f ms".formatted(median, p95);
    }
}
