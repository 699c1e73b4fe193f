package dev.slipway.store.arangodb;

import com.arangodb.entity.BaseDocument;
import dev.slipway.kernel.Direction;
import dev.slipway.kernel.EdgeType;
import dev.slipway.kernel.EntityRef;
import dev.slipway.kernel.EntityType;
import dev.slipway.kernel.id.EntityId;
import dev.slipway.store.graph.Edge;
import dev.slipway.store.graph.Traversal;
import dev.slipway.store.graph.TraversalQuery;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Walks the graph: the nodes first, then the edges between them.
 *
 * <p>All nodes come from one breadth-first traversal when every edge type is followed. A filter on types would be applied
 * to the one path by which the traversal met a node, though another path may satisfy it; so with types named the graph
 * is walked by one query per level. So is the last level when there are more nodes than asked for, as the traversal gives
 * those of one depth in no particular order.
 */
final class Traverser {
    /** More nodes than these are not asked of one traversal. */
    private static final int MAX_REACHED = 100_000;

    private final EntityDocuments entities;

    Traverser(EntityDocuments entities) {
        this.entities = entities;
    }

    Traversal traverse(Session session, TraversalQuery query) {
        List<EntityRef> starts = entities.get(session, query.workspace(), query.starts()).values().stream()
                .map(entity -> new EntityRef(entity.type(), entity.id()))
                .toList();
        Walk walk = new Walk(session, query);
        walk.enter(starts, 0);
        boolean allTypes = query.edgeTypes().isEmpty() || query.edgeTypes().size() == EdgeType.values().length;
        if (allTypes && starts.size() * (query.nodeLimit() + 1L) <= MAX_REACHED) {
            walk.reach();
        } else {
            walk.levels(query.depth());
        }
        return walk.result();
    }

    /** What has been met so far. */
    private static final class Walk {
        private final Session session;
        private final TraversalQuery query;
        private final Map<EntityId, Traversal.Node> met = new LinkedHashMap<>();
        private List<String> frontier = List.of();
        /** Of the level entered last. */
        private int depth;

        private boolean truncated;

        private Walk(Session session, TraversalQuery query) {
            this.session = session;
            this.query = query;
        }

        /** Takes in those not met before, in the order of ids, as far as the limit allows. */
        private void enter(Collection<EntityRef> reached, int level) {
            List<EntityRef> entered = reached.stream()
                    .filter(entity -> !met.containsKey(entity.id()))
                    .distinct()
                    .sorted(Comparator.comparing(EntityRef::id))
                    .toList();
            int room = query.nodeLimit() - met.size();
            truncated = entered.size() > room;
            List<EntityRef> kept = truncated ? entered.subList(0, room) : entered;
            kept.forEach(entity -> met.put(entity.id(), new Traversal.Node(entity, level)));
            frontier = kept.stream().map(entity -> vertex(entity.id())).toList();
            depth = level;
        }

        private boolean goesOn(int deepest) {
            return depth < deepest && !frontier.isEmpty() && !truncated;
        }

        /** Enters the next levels, each by a query of its own. */
        private void levels(int deepest) {
            while (goesOn(deepest)) {
                Map<String, Object> values = new HashMap<>();
                values.put("nodes", frontier);
                values.put("types", types());
                values.put("known", met.keySet().stream().map(this::vertex).toList());
                values.put("limit", query.nodeLimit() - met.size() + 1);
                enter(
                        session.query(upstream() ? Aql.LEVEL_UPSTREAM : Aql.LEVEL_DOWNSTREAM, values, Walk::node),
                        depth + 1);
            }
        }

        /** Enters all levels that one traversal gives whole, and the one after them by its own query. */
        private void reach() {
            if (!goesOn(query.depth())) {
                return;
            }
            Reached reached = new Reached(query.nodeLimit() + 1);
            session.each(
                    upstream() ? Aql.REACHED_UPSTREAM : Aql.REACHED_DOWNSTREAM,
                    Map.of("starts", frontier, "depth", query.depth(), "graph", Table.GRAPH, "limit", reached.limit),
                    reached::add);
            Map<Integer, List<EntityRef>> levels = reached.levels();
            while (goesOn(reached.whole)) {
                enter(levels.getOrDefault(depth + 1, List.of()), depth + 1);
            }
            levels(Math.min(query.depth(), reached.whole + 1));
        }

        private Traversal result() {
            List<String> followed = met.values().stream()
                    .filter(node -> node.depth() < (truncated ? depth : query.depth()))
                    .map(node -> vertex(node.entity().id()))
                    .toList();
            List<Edge> edges = followed.isEmpty()
                    ? List.of()
                    : session.query(
                            upstream() ? Aql.EDGES_UPSTREAM : Aql.EDGES_DOWNSTREAM,
                            Map.of(
                                    "nodes",
                                    followed,
                                    "types",
                                    types(),
                                    "reached",
                                    met.keySet().stream().map(this::vertex).toList()),
                            EdgeDocuments::edge);
            return new Traversal(List.copyOf(met.values()), edges, truncated);
        }

        private boolean upstream() {
            return query.direction() == Direction.UPSTREAM;
        }

        private List<String> types() {
            Set<EdgeType> followed = query.edgeTypes().isEmpty() ? Set.of(EdgeType.values()) : query.edgeTypes();
            return followed.stream().map(EdgeType::wireName).sorted().toList();
        }

        private String vertex(EntityId id) {
            return Keys.vertex(query.workspace(), id);
        }

        private static EntityRef node(BaseDocument row) {
            return new EntityRef(EntityType.of(Fields.text(row, "type")), new EntityId(Fields.text(row, "id")));
        }
    }

    /** What the traversals from all starts have reached, each cut off after so many nodes. */
    private static final class Reached {
        private final int limit;
        private final Map<EntityRef, Integer> depths = new HashMap<>();
        private final Map<String, Integer> counts = new HashMap<>();
        /** All nodes up to this depth were reached; that of the last node of a traversal cut off is not. */
        private int whole = TraversalQuery.MAX_DEPTH;

        private Reached(int limit) {
            this.limit = limit;
        }

        private void add(BaseDocument row) {
            int depth = (int) Fields.number(row, "depth");
            depths.merge(Walk.node(row), depth, Math::min);
            if (counts.merge(Fields.text(row, "start"), 1, Integer::sum) == limit) {
                whole = Math.min(whole, depth - 1);
            }
        }

        private Map<Integer, List<EntityRef>> levels() {
            Map<Integer, List<EntityRef>> levels = new HashMap<>();
            depths.forEach((node, depth) ->
                    levels.computeIfAbsent(depth, level -> new ArrayList<>()).add(node));
            return levels;
        }
    }
}
