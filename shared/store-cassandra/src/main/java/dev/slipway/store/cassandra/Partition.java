package dev.slipway.store.cassandra;

import dev.slipway.store.metric.Series;

/** A partition of chunks: a slice of a bucket of a series. */
record Partition(Series series, long bucket, String slice) {
    /** The values that name it, followed by others. */
    Object[] with(Object... others) {
        Object[] values = new Object[5 + others.length];
        values[0] = series.workspace().name();
        values[1] = series.entity().value();
        values[2] = series.key();
        values[3] = bucket;
        values[4] = slice;
        System.arraycopy(others, 0, values, 5, others.length);
        return values;
    }
}
