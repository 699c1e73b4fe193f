package dev.slipway.standalone.cli;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** How long runs took. */
final class Latencies {
    private static final double NANOSECONDS = 1e6;

    private final long[] sorted;

    /** At least one, in nanoseconds. */
    Latencies(long... nanoseconds) {
        sorted = nanoseconds.clone();
        Arrays.sort(sorted);
    }

    /** The smallest that at least this share, 0 to 1, of runs did not exceed; in milliseconds. */
    double percentile(double share) {
        int rank = (int) Math.ceil(share * sorted.length);
        return sorted[Math.max(rank, 1) - 1] / NANOSECONDS;
    }

    double mean() {
        return Arrays.stream(sorted).average().orElseThrow() / NANOSECONDS;
    }

    Map<String, Object> toObject() {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("min", percentile(0));
        object.put("mean", mean());
        object.put("p50", percentile(0.5));
        object.put("p90", percentile(0.9));
        object.put("p99", percentile(0.99));
        object.put("max", percentile(1));
        return object;
    }

    String toText() {
        return String.format(
                Locale.ROOT,
                "p50 %.3f ms, p90 %.3f, p99 %.3f, mean %.3f, min %.3f, max %.3f",
                percentile(0.5),
                percentile(0.9),
                percentile(0.99),
                mean(),
                percentile(0),
                percentile(1));
    }
}
