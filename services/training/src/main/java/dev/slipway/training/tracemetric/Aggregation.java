package dev.slipway.training.tracemetric;

import dev.slipway.kernel.SlipwayException;
import io.micronaut.core.annotation.Nullable;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * What is made of the values of a group.
 *
 * @param percentile 0 to 100, of a percentile only
 */
public record Aggregation(Type type, @Nullable Double percentile) {
    /** The kinds of them. */
    public enum Type {
        COUNT,
        SUM,
        AVG,
        PERCENTILE,
        MIN,
        MAX
    }

    private static final double ALL = 100;

    public Aggregation {
        boolean right = type == Type.PERCENTILE
                ? percentile != null && percentile >= 0 && percentile <= ALL
                : percentile == null;
        if (!right) {
            throw SlipwayException.invalid(
                    "trace-metric.aggregation",
                    "A percentile needs a 'percentile_value' from 0 to 100, and no other aggregation takes one.");
        }
    }

    /** How clients know it: {@code AVG}, {@code P99.9}. */
    public String shown() {
        return type == Type.PERCENTILE ? "P" + percentile : type.name();
    }

    /** The aggregation of that name, or {@code trace-metric.aggregation}. */
    public static Aggregation of(String name, @Nullable Double percentile) {
        return Arrays.stream(Type.values())
                .filter(type -> type.name().equals(name.toUpperCase(Locale.ROOT)))
                .findFirst()
                .map(type -> new Aggregation(type, percentile))
                .orElseThrow(() -> SlipwayException.invalid(
                        "trace-metric.aggregation",
                        "'" + name + "' is no aggregation; these are: " + List.of(Type.values()) + "."));
    }

    /** @param sorted ascending, at least one */
    double of(double[] sorted) {
        return switch (type) {
            case COUNT -> sorted.length;
            case SUM -> Arrays.stream(sorted).sum();
            case AVG -> Arrays.stream(sorted).average().orElseThrow();
            case MIN -> sorted[0];
            case MAX -> sorted[sorted.length - 1];
            case PERCENTILE -> percentile(sorted, percentile == null ? 0 : percentile / ALL);
        };
    }

    /** Between two values on the straight line between them. */
    private static double percentile(double[] sorted, double fraction) {
        double place = fraction * (sorted.length - 1);
        int below = (int) Math.floor(place);
        int above = (int) Math.ceil(place);
        return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
    }
}
