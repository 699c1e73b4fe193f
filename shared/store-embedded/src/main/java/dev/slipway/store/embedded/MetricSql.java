package dev.slipway.store.embedded;

/** Every statement on metrics.db. */
enum MetricSql implements Sql {
    CHUNK_INSERT("""
            INSERT INTO chunk (workspace, entity, key, bucket, hash, count, points) VALUES (?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT DO NOTHING
            """),
    CHUNK_DELETE("""
            DELETE FROM chunk WHERE workspace = ? AND entity = ? AND key = ? AND bucket = ? AND hash = ?
            """),
    CHUNK_COUNT("SELECT count(*) FROM chunk WHERE workspace = ? AND entity = ? AND key = ?"),
    NEXT_KEY("""
            SELECT key FROM chunk WHERE workspace = ? AND entity = ? AND key > ? ORDER BY key LIMIT 1
            """),
    NEXT_SERIES("""
            SELECT workspace, entity, key FROM chunk WHERE (workspace, entity, key) > (?, ?, ?)
            ORDER BY workspace, entity, key LIMIT 1
            """),
    FIRST_BUCKET("""
            SELECT bucket FROM chunk WHERE workspace = ? AND entity = ? AND key = ? AND bucket BETWEEN ? AND ?
            ORDER BY bucket LIMIT 1
            """),
    LAST_BUCKET("""
            SELECT bucket FROM chunk WHERE workspace = ? AND entity = ? AND key = ? AND bucket BETWEEN ? AND ?
            ORDER BY bucket DESC LIMIT 1
            """),
    POINTS("""
            SELECT points FROM chunk WHERE workspace = ? AND entity = ? AND key = ? AND bucket = ?
            """),
    SMALL_CHUNKS("""
            SELECT hash, points FROM chunk
            WHERE workspace = ? AND entity = ? AND key = ? AND bucket = ? AND count < ? ORDER BY hash LIMIT ?
            """);

    private final String text;

    MetricSql(String text) {
        this.text = text;
    }

    @Override
    public String text() {
        return text;
    }
}
