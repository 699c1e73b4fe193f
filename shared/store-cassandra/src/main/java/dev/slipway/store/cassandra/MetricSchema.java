package dev.slipway.store.cassandra;

import java.util.List;

/**
 * The steps of the schema, each of one statement that may be repeated. A step that was ever released is never changed: what
 * is new is a further step.
 *
 * <p>Chunks expire or are replaced, but are never deleted, and one that came back would only repeat what others hold. So
 * their tombstones are kept for an hour only. The names of series and slices are read often and written once: levelled;
 * chunks are written often: tiered.
 */
final class MetricSchema {
    private static final String SERIES = """
            CREATE TABLE IF NOT EXISTS metric_series (
                workspace text,
                entity text,
                key text,
                PRIMARY KEY ((workspace, entity), key)
            ) WITH gc_grace_seconds = 3600
            AND compaction = {'class': 'UnifiedCompactionStrategy', 'scaling_parameters': 'L10'}
            AND comment = 'the names of the series of each entity'
            """;

    private static final String SLICES = """
            CREATE TABLE IF NOT EXISTS metric_slice (
                workspace text,
                entity text,
                key text,
                bucket bigint,
                slice text,
                PRIMARY KEY ((workspace, entity, key), bucket, slice)
            ) WITH gc_grace_seconds = 3600
            AND compaction = {'class': 'UnifiedCompactionStrategy', 'scaling_parameters': 'L10'}
            AND comment = 'which partitions hold chunks of a series'
            """;

    private static final String CHUNKS = """
            CREATE TABLE IF NOT EXISTS metric_chunk (
                workspace text,
                entity text,
                key text,
                bucket bigint,
                slice text,
                first_step bigint,
                hash blob,
                last_step bigint,
                count int,
                points blob,
                PRIMARY KEY ((workspace, entity, key, bucket, slice), first_step, hash)
            ) WITH gc_grace_seconds = 3600
            AND compaction = {'class': 'UnifiedCompactionStrategy', 'scaling_parameters': 'T4'}
            AND comment = 'the points, each row a chunk named by its content'
            """;

    static final List<String> STEPS = List.of(SERIES, SLICES, CHUNKS);

    static final List<String> TABLES = List.of("metric_series", "metric_slice", "metric_chunk");

    private MetricSchema() {}
}
