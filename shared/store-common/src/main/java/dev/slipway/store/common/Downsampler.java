package dev.slipway.store.common;

import dev.slipway.store.metric.Bucket;
import dev.slipway.store.metric.Point;
import java.util.ArrayList;
import java.util.List;

/** Sums up points, given in order, in buckets of equal width in steps. */
public final class Downsampler {
    private final long first;
    private final long last;
    private final long width;
    private final List<Bucket> done = new ArrayList<>();
    private long current = -1;
    private long count;
    private long finite;
    private double min;
    private double max;
    private double sum;

    /** The difference of two longs is right as an unsigned one, however far apart they are. */
    public Downsampler(long first, long last, int buckets) {
        this.first = first;
        this.last = last;
        this.width = Long.divideUnsigned(last - first, buckets) + 1;
    }

    public void add(Point point) {
        long bucket = Long.divideUnsigned(point.step() - first, width);
        if (bucket != current) {
            finish();
            current = bucket;
        }
        count++;
        if (!Double.isNaN(point.value())) {
            min = finite == 0 ? point.value() : Math.min(min, point.value());
            max = finite == 0 ? point.value() : Math.max(max, point.value());
            sum += point.value();
            finite++;
        }
    }

    public List<Bucket> result() {
        finish();
        return done;
    }

    private void finish() {
        if (count > 0) {
            long from = first + current * width;
            long to = Long.compareUnsigned(last - from, width - 1) < 0 ? last : from + width - 1;
            done.add(
                    finite == 0
                            ? new Bucket(from, to, count, Double.NaN, Double.NaN, Double.NaN)
                            : new Bucket(from, to, count, min, max, sum / finite));
        }
        count = 0;
        finite = 0;
        sum = 0;
    }
}
