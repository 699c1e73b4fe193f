package dev.slipway.api.training;

import dev.slipway.api.Required;
import dev.slipway.kernel.id.RunId;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.serde.annotation.Serdeable;
import java.util.List;

/**
 * Asks for what was logged beyond what is known, as soon as there is some.
 *
 * @param runs 1 to 20
 * @param keys of metrics; null for all of the runs. Runs times keys are 500 at most
 * @param places of the series of which something is known, no more than 500
 * @param limit how many points are wanted at most, 1 to 1000
 * @param waitMillis how long to wait for them, at most 10,000
 */
@Serdeable
public record AwaitPoints(
        List<RunId> runs, @Nullable List<String> keys, List<SeriesPlace> places, int limit, long waitMillis) {
    public static final int MAX_RUNS = 20;
    /** Runs times keys. */
    public static final int MAX_SERIES = 500;

    public static final int MAX_POINTS = 1000;
    public static final long MAX_WAIT = 10_000;

    public AwaitPoints {
        Required.part("runs", runs);
        runs = List.copyOf(runs);
        keys = keys == null ? null : List.copyOf(keys);
        places = places == null ? List.of() : List.copyOf(places);
    }
}
