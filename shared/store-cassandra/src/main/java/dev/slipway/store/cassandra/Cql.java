package dev.slipway.store.cassandra;

/** Every statement on points. Each names a whole partition, but {@link #LIST_SERIES}, which reads a page of all of them. */
enum Cql {
    /** A repeat gives the row a new time to live, if it has one. */
    INSERT_SERIES("""
            INSERT INTO %s.metric_series (workspace, entity, key) VALUES (?, ?, ?) USING TTL ?
            """),
    KEYS("""
            SELECT key FROM %s.metric_series WHERE workspace = ? AND entity = ?
            """),
    LIST_SERIES("""
            SELECT workspace, entity, key FROM %s.metric_series
            """),
    INSERT_SLICE("""
            INSERT INTO %s.metric_slice (workspace, entity, key, bucket, slice) VALUES (?, ?, ?, ?, ?) USING TTL ?
            """),
    SLICES("""
            SELECT bucket, slice FROM %s.metric_slice
            WHERE workspace = ? AND entity = ? AND key = ? AND bucket >= ? AND bucket <= ?
            """),
    SLICES_LAST_FIRST("""
            SELECT bucket, slice FROM %s.metric_slice
            WHERE workspace = ? AND entity = ? AND key = ? AND bucket >= ? AND bucket <= ?
            ORDER BY bucket DESC, slice DESC
            """),
    INSERT_CHUNK("""
            INSERT INTO %s.metric_chunk (workspace, entity, key, bucket, slice, first_step, hash, last_step, count, points)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) USING TTL ?
            """),
    CHUNKS("""
            SELECT first_step, points FROM %s.metric_chunk
            WHERE workspace = ? AND entity = ? AND key = ? AND bucket = ? AND slice = ?
            AND first_step >= ? AND first_step <= ?
            """),
    CHUNKS_LAST_FIRST("""
            SELECT first_step, last_step, points FROM %s.metric_chunk
            WHERE workspace = ? AND entity = ? AND key = ? AND bucket = ? AND slice = ?
            AND first_step >= ? AND first_step <= ?
            ORDER BY first_step DESC, hash DESC
            """),
    CHUNK_SIZES("""
            SELECT count, TTL(points) AS seconds_left FROM %s.metric_chunk
            WHERE workspace = ? AND entity = ? AND key = ? AND bucket = ? AND slice = ?
            """),
    CHUNKS_TO_MERGE("""
            SELECT first_step, hash, last_step, count, points, TTL(points) AS seconds_left FROM %s.metric_chunk
            WHERE workspace = ? AND entity = ? AND key = ? AND bucket = ? AND slice = ?
            """);

    private final String text;

    Cql(String text) {
        this.text = text;
    }

    /** With the name of the table in full, as Cassandra wants it of what is prepared. */
    String text(String keyspace) {
        return text.formatted(keyspace).strip();
    }
}
