package dev.slipway.benchmarks;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import org.sqlite.SQLiteConfig;

/** The peer of the metric store: points as rows of a plain SQLite table, with the same settings. */
final class PointRows implements AutoCloseable {
    private final Connection connection;
    private final PreparedStatement insert;

    private PointRows(Connection connection, PreparedStatement insert) {
        this.connection = connection;
        this.insert = insert;
    }

    /** @param synchronous SQLite's setting of that name */
    static PointRows open(Path file, String synchronous) throws SQLException {
        SQLiteConfig settings = new SQLiteConfig();
        settings.setGetGeneratedKeys(false);
        Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file, settings.toProperties());
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA journal_mode = WAL");
            statement.execute("PRAGMA synchronous = " + synchronous);
            statement.execute("CREATE TABLE point (run INTEGER, key TEXT, step INTEGER, time INTEGER, value REAL)");
        }
        connection.setAutoCommit(false);
        return new PointRows(connection, connection.prepareStatement("INSERT INTO point VALUES (?, ?, ?, ?, ?)"));
    }

    /** Adds points of so many keys in turns, in one transaction. */
    synchronized void append(int run, int keys, int points, long firstStep) throws SQLException {
        for (int i = 0; i < points; i++) {
            long step = firstStep + i / keys;
            insert.setLong(1, run);
            insert.setString(2, "metric-" + i % keys);
            insert.setLong(3, step);
            insert.setLong(4, 1_700_000_000_000L + step);
            insert.setDouble(5, 1.0 / (step + 1));
            insert.addBatch();
        }
        insert.executeBatch();
        connection.commit();
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
