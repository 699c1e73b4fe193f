package dev.slipway.store.embedded;

import java.util.List;

/** The steps of metrics.db's schema. A step that was ever released is never changed: what is new is a further step. */
final class MetricSchema {
    /** {@code count} stands before the points, so that reading it does not touch the pages of large chunks. */
    private static final String STEP_1 = """
            CREATE TABLE chunk (
                workspace TEXT NOT NULL,
                entity TEXT NOT NULL,
                key TEXT NOT NULL,
                bucket INTEGER NOT NULL,
                hash BLOB NOT NULL,
                count INTEGER NOT NULL,
                points BLOB NOT NULL,
                PRIMARY KEY (workspace, entity, key, bucket, hash)
            ) WITHOUT ROWID;
            """;

    static final List<String> STEPS = List.of(STEP_1);

    private MetricSchema() {}
}
