package dev.slipway.api.training;

import dev.slipway.api.Required;
import dev.slipway.kernel.id.RunId;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.serde.annotation.Serdeable;
import java.util.List;

/**
 * Asks for series, reduced to what a plot can show.
 *
 * @param runs 1 to 100
 * @param keys 1 to 100
 * @param points at most so many of each series, 4 to 10,000; no more than 200,000 in all
 * @param from the least place on the axis; null for the beginning
 * @param to the greatest place on the axis; null for the end
 */
@Serdeable
public record SeriesRequest(
        List<RunId> runs,
        List<String> keys,
        int points,
        Method method,
        Axis axis,
        @Nullable Long from,
        @Nullable Long to) {
    public static final int MAX_RUNS = 100;
    public static final int MAX_KEYS = 100;
    public static final int MIN_POINTS = 4;
    public static final int MAX_POINTS = 10_000;
    /** In one answer. */
    public static final int MAX_ALL_POINTS = 200_000;

    public SeriesRequest {
        Required.part("runs", runs);
        Required.part("keys", keys);
        Required.part("method", method);
        Required.part("axis", axis);
        runs = List.copyOf(runs);
        keys = List.copyOf(keys);
    }

    /** How points are chosen; the first and the last one always are. */
    public enum Method {
        /** Largest triangle three buckets: keeps the shape that people see. */
        LTTB,
        /** The least and the greatest of each of many equal parts of the axis: keeps every peak. */
        MIN_MAX
    }

    /** What the points stand over. */
    public enum Axis {
        STEP,
        /** UTC milliseconds. */
        TIME
    }
}
