package dev.slipway.store.embedded;

import dev.slipway.kernel.SlipwayException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;
import org.sqlite.SQLiteConfig;

/**
 * What two databases hold that nobody writes to, such as copies. Reading leaves no file beside them.
 *
 * @param graphSchema the version of the graph's schema
 * @param metricSchema the version of the metrics' schema
 * @param rows how many there are of each kind
 */
public record DatabaseCopies(int graphSchema, int metricSchema, Map<String, Long> rows) {
    private static final Map<String, String> GRAPH_TABLES =
            Map.of("entities", "entity", "edges", "edge", "claims", "claim", "facets", "facet", "events", "event");

    public DatabaseCopies {
        rows = Map.copyOf(rows);
    }

    /**
     * Reads all pages of both, and counts.
     *
     * @throws SlipwayException {@code INTERNAL} with code {@code store.corrupt} when one is damaged; {@code UNSUPPORTED} with
     *     code {@code store.newer-version} when a newer version has written it
     */
    public static DatabaseCopies examine(Path folder) {
        Map<String, Long> rows = new LinkedHashMap<>();
        int graph = examine(folder.resolve(EmbeddedStores.GRAPH), GraphSchema.STEPS.size(), GRAPH_TABLES, rows);
        int metrics = examine(
                folder.resolve(EmbeddedStores.METRICS), MetricSchema.STEPS.size(), Map.of("chunks", "chunk"), rows);
        return new DatabaseCopies(graph, metrics, rows);
    }

    /** {@code UNSUPPORTED} with code {@code store.newer-version} for schemas that this version does not know. */
    public static void requireReadable(int graphSchema, int metricSchema) {
        if (graphSchema > GraphSchema.STEPS.size() || metricSchema > MetricSchema.STEPS.size()) {
            throw SlipwayException.unsupported(
                    "store.newer-version",
                    "A newer Slipway has written this: its schemas are " + graphSchema + " and " + metricSchema
                            + ", this one knows " + GraphSchema.STEPS.size() + " and " + MetricSchema.STEPS.size()
                            + ". Use the newer one.");
        }
    }

    private static int examine(Path file, int known, Map<String, String> tables, Map<String, Long> rows) {
        SQLiteConfig settings = new SQLiteConfig();
        settings.setReadOnly(true);
        try (Connection connection = settings.createConnection("jdbc:sqlite:" + file.toUri() + "?immutable=1")) {
            Session session = new Session(connection);
            int version = Schema.check(session, known, file);
            check(connection, file);
            for (Map.Entry<String, String> table : tables.entrySet()) {
                rows.put(table.getKey(), session.number(() -> "SELECT count(*) FROM " + table.getValue()));
            }
            return version;
        } catch (SQLException e) {
            throw StoreErrors.of(e, file);
        }
    }

    private static void check(Connection connection, Path file) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("PRAGMA quick_check(1)")) {
            String found = result.next() ? result.getString(1) : "no answer";
            if (!found.equals("ok")) {
                throw SlipwayException.internal("store.corrupt", file + " is damaged: " + found, null);
            }
        }
    }
}
