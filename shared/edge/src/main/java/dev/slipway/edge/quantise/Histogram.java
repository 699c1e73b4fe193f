package dev.slipway.edge.quantise;

import java.nio.FloatBuffer;

/** Counts the numbers of a value in bins of equal width around zero, which double whenever a number is beyond them. */
final class Histogram {
    /** Beyond, numbers stand for infinity, as in masks. */
    private static final float UNBOUNDED = 1e30f;

    private static final int BINS = 4096;
    private static final double TAIL = 5e-5;
    private static final int STEPS = 40;

    private final long[] counts = new long[BINS];
    private double halfWidth = 0x1p-30;
    private double minimum;
    private double maximum;
    private long total;
    private boolean unbounded;
    private boolean notANumber;

    void add(FloatBuffer numbers) {
        while (numbers.hasRemaining()) {
            add(numbers.get());
        }
    }

    private void add(float number) {
        if (!(Math.abs(number) < UNBOUNDED)) {
            unbounded = true;
            notANumber |= Float.isNaN(number);
            return;
        }
        minimum = Math.min(minimum, number);
        maximum = Math.max(maximum, number);
        while (Math.abs(number) >= halfWidth) {
            widen();
        }
        counts[(int) ((number / halfWidth + 1) * (BINS / 2))]++;
        total++;
    }

    private void widen() {
        long[] merged = new long[BINS];
        for (int i = 0; i < BINS; i++) {
            merged[BINS / 4 + i / 2] += counts[i];
        }
        System.arraycopy(merged, 0, counts, 0, BINS);
        halfWidth *= 2;
    }

    /** Whether infinities, or numbers so large that they mean them, were among the numbers. */
    boolean isUnbounded() {
        return unbounded;
    }

    boolean hasNotANumber() {
        return notANumber;
    }

    /** @param levels how many integers there are to cover the range with */
    Range range(RangeMethod method, double levels) {
        return switch (method) {
            case MINMAX -> new Range(minimum, maximum);
            case PERCENTILE -> percentile();
            case MSE -> leastError(levels);
        };
    }

    private Range percentile() {
        long allowed = (long) (total * TAIL);
        int low = 0;
        for (long seen = 0; low < BINS / 2 && seen + counts[low] <= allowed; low++) {
            seen += counts[low];
        }
        int high = BINS - 1;
        for (long seen = 0; high >= BINS / 2 && seen + counts[high] <= allowed; high--) {
            seen += counts[high];
        }
        return new Range(Math.max(minimum, edge(low)), Math.min(maximum, edge(high + 1)));
    }

    /** Shrinks either end as long as the error of rounding falls by more than that of cutting off rises. */
    private Range leastError(double levels) {
        Range best = new Range(minimum, maximum);
        double least = error(best, levels);
        for (int side = 0; side < 2; side++) {
            Range from = best;
            for (int step = 1; step < STEPS; step++) {
                double factor = 1 - (double) step / STEPS;
                Range shorter = side == 0
                        ? new Range(from.minimum(), from.maximum() * factor)
                        : new Range(from.minimum() * factor, from.maximum());
                double error = error(shorter, levels);
                if (error < least) {
                    least = error;
                    best = shorter;
                }
            }
        }
        return best;
    }

    private double error(Range range, double levels) {
        double scale = range.width() / levels;
        double error = 0;
        for (int i = 0; i < BINS; i++) {
            if (counts[i] > 0) {
                double centre = (edge(i) + edge(i + 1)) / 2;
                double cut = Math.max(0, Math.max(range.minimum() - centre, centre - range.maximum()));
                error += counts[i] * (cut * cut + scale * scale / 12);
            }
        }
        return error;
    }

    private double edge(int bin) {
        return halfWidth * (2.0 * bin / BINS - 1);
    }
}
