package dev.slipway.benchmarks;

import dev.slipway.kernel.id.EntityId;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** The same question to plain SQLite: one recursive query for the nodes and one for the edges that lead on from them. */
final class LineagePeer implements AutoCloseable {
    private static final String ANCESTRY = """
            WITH RECURSIVE met(id, depth) AS (
                SELECT ?, 0
                UNION
                SELECT edge.to_id, depth + 1 FROM met JOIN edge ON edge.from_id = met.id WHERE depth < 20
            )
            """;

    private final Connection connection;
    private final PreparedStatement nodes;
    private final PreparedStatement edges;

    private LineagePeer(Connection connection, PreparedStatement nodes, PreparedStatement edges) {
        this.connection = connection;
        this.nodes = nodes;
        this.edges = edges;
    }

    /** Copies the edges of a graph into a plain table of its own. */
    static LineagePeer copy(Path graph, Path file) throws SQLException {
        Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA journal_mode = WAL");
            statement.execute("PRAGMA synchronous = NORMAL");
            statement.execute("PRAGMA cache_size = -4000");
            statement.execute(
                    "CREATE TABLE edge (from_id TEXT, type TEXT, to_id TEXT, PRIMARY KEY (from_id, type, to_id))"
                            + " WITHOUT ROWID");
            statement.execute("ATTACH '" + graph + "' AS graph");
            statement.execute("INSERT INTO edge SELECT from_id, type, to_id FROM graph.edge");
            statement.execute("DETACH graph");
        }
        return new LineagePeer(
                connection,
                connection.prepareStatement(ANCESTRY + "SELECT id, min(depth) FROM met GROUP BY id"),
                connection.prepareStatement(
                        ANCESTRY
                                + "SELECT from_id, type, to_id FROM edge WHERE from_id IN (SELECT id FROM met WHERE depth < 20)"));
    }

    /** The nodes' ids, their depths beside them, and how many edges there are. */
    record Ancestry(List<String> nodes, List<Integer> depths, List<List<String>> edges) {}

    Ancestry upstream(EntityId start) throws SQLException {
        List<String> ids = new ArrayList<>();
        List<Integer> depths = new ArrayList<>();
        List<List<String>> found = new ArrayList<>();
        nodes.setString(1, start.value());
        try (ResultSet rows = nodes.executeQuery()) {
            while (rows.next()) {
                ids.add(rows.getString(1));
                depths.add(rows.getInt(2));
            }
        }
        edges.setString(1, start.value());
        try (ResultSet rows = edges.executeQuery()) {
            while (rows.next()) {
                found.add(List.of(rows.getString(1), rows.getString(2), rows.getString(3)));
            }
        }
        return new Ancestry(ids, depths, found);
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
