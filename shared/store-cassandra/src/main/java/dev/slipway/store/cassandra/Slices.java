package dev.slipway.store.cassandra;

import dev.slipway.store.metric.Series;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Chooses the slices that this process writes: the name of the process, and a number that goes up when a slice is full.
 *
 * <p>What was written is counted in a fixed number of counters, each for all the buckets of series that fall to it. Buckets
 * that share one get their next slice a little earlier than need be; none gets it later, and nothing is ever forgotten.
 */
final class Slices {
    /** A chunk weighs 1, and 1 more for every so many bytes. */
    private static final int BYTES_PER_UNIT = 4096;
    /** Of a slice: as many chunks at most, or as many times {@value #BYTES_PER_UNIT} bytes. */
    static final int UNITS = 4096;

    private static final int COUNTERS = 1 << 17;

    private final int unitsPerSlice;
    private final String process =
            String.format(Locale.ROOT, "%016x", UUID.randomUUID().getMostSignificantBits());
    private final AtomicLongArray written = new AtomicLongArray(COUNTERS);

    Slices(int unitsPerSlice) {
        this.unitsPerSlice = unitsPerSlice;
    }

    /** Where a chunk of so many bytes goes; it is counted as written there. */
    Partition choose(Series series, long bucket, int bytes) {
        int units = 1 + bytes / BYTES_PER_UNIT;
        int counter = Math.floorMod(31 * series.hashCode() + Long.hashCode(bucket), COUNTERS);
        long before = written.getAndAdd(counter, units);
        return new Partition(series, bucket, process + "-" + before / unitsPerSlice);
    }
}
