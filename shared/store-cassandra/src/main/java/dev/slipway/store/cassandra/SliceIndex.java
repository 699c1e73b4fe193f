package dev.slipway.store.cassandra;

import com.datastax.oss.driver.api.core.cql.Row;
import dev.slipway.store.metric.Series;
import java.util.Iterator;

/** Tells in which partitions the chunks of a series are. */
final class SliceIndex {
    private static final int PAGE = 1000;

    private final Requests requests;

    SliceIndex(Requests requests) {
        this.requests = requests;
    }

    /** The slices of the buckets, both ends inclusive, bucket by bucket. */
    Iterator<Partition> partitions(Series series, long fromBucket, long toBucket) {
        return read(Cql.SLICES, series, fromBucket, toBucket);
    }

    /** The same, the last bucket first. */
    Iterator<Partition> lastFirst(Series series, long fromBucket, long toBucket) {
        return read(Cql.SLICES_LAST_FIRST, series, fromBucket, toBucket);
    }

    private Iterator<Partition> read(Cql cql, Series series, long fromBucket, long toBucket) {
        Rows rows = new Rows(
                requests,
                requests.bind(
                        cql, series.workspace().name(), series.entity().value(), series.key(), fromBucket, toBucket),
                PAGE);
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return rows.hasNext();
            }

            @Override
            public Partition next() {
                Row row = rows.next();
                return new Partition(series, row.getLong("bucket"), row.getString("slice"));
            }
        };
    }
}
