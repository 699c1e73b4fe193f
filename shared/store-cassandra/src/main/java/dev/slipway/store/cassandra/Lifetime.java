package dev.slipway.store.cassandra;

import java.time.Duration;
import java.util.Optional;

/**
 * How long rows live. The rows that tell of a series and its slices must not expire before the chunks: they live twice as
 * long and an hour, and are written again once they are as old as a chunk can get.
 *
 * @param chunkSeconds 0 for ever
 * @param indexSeconds 0 for ever
 */
record Lifetime(int chunkSeconds, int indexSeconds) {
    private static final int MARGIN_SECONDS = 3600;

    static Lifetime of(Optional<Duration> timeToLive) {
        int seconds = timeToLive.map(time -> Math.toIntExact(time.toSeconds())).orElse(0);
        return new Lifetime(seconds, seconds == 0 ? 0 : 2 * seconds + MARGIN_SECONDS);
    }

    /** Whether an index row of this age outlives a chunk written now. */
    boolean isFresh(long ageNanos) {
        return chunkSeconds == 0 || ageNanos < Duration.ofSeconds(chunkSeconds).toNanos();
    }
}
