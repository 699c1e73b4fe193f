package dev.slipway.monitoring.drift;

import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;

/**
 * Divides the number line at the quantiles of a baseline, so that each bin holds about as many of its values. Two more bins
 * catch what lies below or above everything the baseline holds. Quantiles that coincide, as those of a value that is
 * often zero do, make one edge; a constant baseline is left with three bins: below, equal and above.
 */
public final class QuantileBins {
    private final double[] edges;

    private QuantileBins(double[] edges) {
        this.edges = edges;
    }

    /**
     * Divides at the quantiles of a baseline.
     *
     * @param sortedBaseline at least one value, ascending
     * @param parts into how many parts the baseline is divided, at least 1; 10 is customary
     */
    public static QuantileBins of(double[] sortedBaseline, int parts) {
        if (sortedBaseline.length == 0 || parts < 1) {
            throw new IllegalArgumentException("bins need at least one value and one part");
        }
        double[] edges = new double[parts + 1];
        edges[0] = Math.nextDown(sortedBaseline[0]);
        for (int part = 1; part <= parts; part++) {
            // The inverse of the empirical distribution function: the smallest value with at least this share below it.
            int rank = (int) (((long) part * sortedBaseline.length + parts - 1) / parts);
            edges[part] = sortedBaseline[Math.max(rank, 1) - 1];
        }
        return new QuantileBins(DoubleStream.of(edges).distinct().toArray());
    }

    /** How many bins there are. */
    public int size() {
        return edges.length + 1;
    }

    /** How many of the values fall into each bin; a bin holds what is greater than the edge before it and not greater than its own. */
    public List<Long> count(double[] values) {
        long[] counts = new long[size()];
        for (double value : values) {
            int found = Arrays.binarySearch(edges, value);
            counts[found >= 0 ? found : -found - 1]++;
        }
        return LongStream.of(counts).boxed().toList();
    }
}
