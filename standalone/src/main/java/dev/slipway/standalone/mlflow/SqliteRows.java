package dev.slipway.standalone.mlflow;

import dev.slipway.kernel.SlipwayException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.sqlite.SQLiteConfig;

/** A SQLite file that is only read. One question at a time. */
final class SqliteRows implements AutoCloseable {
    private final Path file;
    private final Connection connection;

    SqliteRows(Path file) {
        this.file = file;
        SQLiteConfig config = new SQLiteConfig();
        config.setReadOnly(true);
        try {
            this.connection = DriverManager.getConnection("jdbc:sqlite:" + file, config.toProperties());
        } catch (SQLException e) {
            throw unreadable(e);
        }
    }

    /** The names of its tables. */
    Set<String> tables() {
        Set<String> tables = new HashSet<>();
        of("SELECT name FROM sqlite_master WHERE type = 'table'").forEach(row -> tables.add(row.required("name")));
        return tables;
    }

    /** The rows that a query finds, each with its columns as fields. */
    synchronized List<Json> of(String query, Object... parameters) {
        List<Json> rows = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            try (ResultSet found = statement.executeQuery()) {
                int columns = found.getMetaData().getColumnCount();
                while (found.next()) {
                    Map<String, Object> row = new HashMap<>();
                    for (int column = 1; column <= columns; column++) {
                        row.put(found.getMetaData().getColumnLabel(column), found.getObject(column));
                    }
                    rows.add(new Json(row));
                    if (rows.size() > Source.MOST) {
                        throw SlipwayException.tooLarge(
                                "import.source-size", file + " has more than " + Source.MOST + " of a kind.");
                    }
                }
            }
            return rows;
        } catch (SQLException e) {
            throw unreadable(e);
        }
    }

    @Override
    public synchronized void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw unreadable(e);
        }
    }

    private SlipwayException unreadable(SQLException e) {
        return SlipwayException.invalid(
                "import.source-database",
                "Can't read " + file + " as a database of MLflow's (" + e.getMessage()
                        + "): bring it to version 2 or 3 with 'mlflow db upgrade', or import from its server.",
                e);
    }
}
