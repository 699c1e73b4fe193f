package dev.slipway.store.embedded;

import dev.slipway.kernel.Direction;
import dev.slipway.kernel.EdgeType;
import dev.slipway.kernel.EntityRef;
import dev.slipway.kernel.EntityType;
import dev.slipway.kernel.Workspace;
import dev.slipway.kernel.id.EntityId;
import dev.slipway.store.graph.Edge;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The edges, found from either end. */
final class EdgeTable {
    private static final Map<String, EntityType> ENTITY_TYPES =
            Arrays.stream(EntityType.values()).collect(Collectors.toMap(EntityType::wireName, Function.identity()));
    private static final Map<String, EdgeType> EDGE_TYPES =
            Arrays.stream(EdgeType.values()).collect(Collectors.toMap(EdgeType::wireName, Function.identity()));

    void link(Session session, Workspace workspace, Edge edge) throws SQLException {
        session.update(
                GraphSql.EDGE_INSERT,
                workspace.name(),
                edge.from().id().value(),
                edge.type().wireName(),
                edge.to().id().value(),
                edge.from().type().wireName(),
                edge.to().type().wireName(),
                edge.created());
    }

    /**
     * The edges that lead on from any of {@code nodes} in the direction given, each once.
     *
     * @param types only these; empty for all
     */
    List<Edge> leading(
            Session session, Workspace workspace, List<EntityRef> nodes, Direction direction, Set<EdgeType> types)
            throws SQLException {
        // By number and by the node's place in the list: a traversal reads many rows, and texts take their time.
        Session.Row<Edge> edge = row -> {
            EntityRef near = nodes.get(row.getInt(1));
            EntityRef far = new EntityRef(ENTITY_TYPES.get(row.getString(3)), new EntityId(row.getString(4)));
            EdgeType type = EDGE_TYPES.get(row.getString(2));
            return switch (direction) {
                case UPSTREAM -> new Edge(near, type, far, row.getLong(5));
                case DOWNSTREAM -> new Edge(far, type, near, row.getLong(5));
            };
        };
        String ids = Json.array(nodes, node -> node.id().value());
        return types.isEmpty() || types.size() == EDGE_TYPES.size()
                ? session.query(ofEveryType(direction), edge, ids, workspace.name())
                : session.query(
                        ofSomeTypes(direction), edge, ids, workspace.name(), Json.array(types, EdgeType::wireName));
    }

    private static Sql ofEveryType(Direction direction) {
        return switch (direction) {
            case UPSTREAM -> GraphSql.EDGES_UPSTREAM;
            case DOWNSTREAM -> GraphSql.EDGES_DOWNSTREAM;
        };
    }

    private static Sql ofSomeTypes(Direction direction) {
        return switch (direction) {
            case UPSTREAM -> GraphSql.EDGES_UPSTREAM_OF_TYPES;
            case DOWNSTREAM -> GraphSql.EDGES_DOWNSTREAM_OF_TYPES;
        };
    }

    static Edge edge(ResultSet row) throws SQLException {
        return new Edge(
                end(row, "from_type", "from_id"),
                EDGE_TYPES.get(row.getString("type")),
                end(row, "to_type", "to_id"),
                row.getLong("created"));
    }

    private static EntityRef end(ResultSet row, String type, String id) throws SQLException {
        return new EntityRef(ENTITY_TYPES.get(row.getString(type)), new EntityId(row.getString(id)));
    }
}
