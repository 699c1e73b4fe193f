package dev.slipway.store.embedded;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One connection with its prepared statements, used by one thread at a time. */
final class Session implements AutoCloseable {
    /** Searches put their statements together, so that there is no end of them. */
    private static final int MAX_PREPARED = 200;

    private final Connection connection;
    /** Those used last are last. */
    private final Map<String, PreparedStatement> prepared = new LinkedHashMap<>(16, 0.75f, true);

    Session(Connection connection) {
        this.connection = connection;
    }

    /** Makes something of the row at which the result stands. */
    interface Row<T> {
        T read(ResultSet row) throws SQLException;
    }

    /** Takes the rows of a result one after the other. */
    interface RowConsumer {
        void accept(ResultSet row) throws SQLException;
    }

    <T> List<T> query(Sql sql, Row<T> row, Object... values) throws SQLException {
        List<T> found = new ArrayList<>();
        each(sql, at -> found.add(row.read(at)), values);
        return found;
    }

    <T> Optional<T> first(Sql sql, Row<T> row, Object... values) throws SQLException {
        try (ResultSet rows = bind(sql, values).executeQuery()) {
            return rows.next() ? Optional.of(row.read(rows)) : Optional.empty();
        }
    }

    /** The one number that a query always gives, such as a count. */
    long number(Sql sql, Object... values) throws SQLException {
        return first(sql, row -> row.getLong(1), values).orElseThrow();
    }

    void each(Sql sql, RowConsumer consumer, Object... values) throws SQLException {
        try (ResultSet rows = bind(sql, values).executeQuery()) {
            while (rows.next()) {
                consumer.accept(rows);
            }
        }
    }

    /** Returns how many rows were written. */
    int update(Sql sql, Object... values) throws SQLException {
        return bind(sql, values).executeUpdate();
    }

    /** Runs a script or a pragma, which can't be prepared once and for all. */
    void execute(String script) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate(script);
        }
    }

    long pragma(String name) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("PRAGMA " + name)) {
            return rows.next() ? rows.getLong(1) : 0;
        }
    }

    /** Undoes the transaction, if SQLite has not done so by itself, as it does when the disk is full. */
    void rollBack() throws SQLException {
        // After an error the driver may have finalised the statement that failed, so all are prepared afresh.
        for (PreparedStatement statement : prepared.values()) {
            statement.close();
        }
        prepared.clear();
        try {
            execute("ROLLBACK");
        } catch (SQLException e) {
            if (!String.valueOf(e.getMessage()).contains("no transaction is active")) {
                throw e;
            }
        }
    }

    private PreparedStatement bind(Sql sql, Object... values) throws SQLException {
        PreparedStatement statement = prepared.get(sql.text());
        if (statement == null) {
            statement = connection.prepareStatement(sql.text());
            prepared.put(sql.text(), statement);
            if (prepared.size() > MAX_PREPARED) {
                Iterator<PreparedStatement> oldest = prepared.values().iterator();
                oldest.next().close();
                oldest.remove();
            }
        }
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
        return statement;
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
