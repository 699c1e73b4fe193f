package dev.slipway.store.embedded;

import dev.slipway.kernel.Direction;
import dev.slipway.kernel.EntityRef;
import dev.slipway.kernel.id.EntityId;
import dev.slipway.store.graph.Edge;
import dev.slipway.store.graph.Envelope;
import dev.slipway.store.graph.Traversal;
import dev.slipway.store.graph.TraversalQuery;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Walks the graph breadth first, one statement per level, so that a node is first met at its shortest distance. */
final class Traverser {
    private final EntityTable entities;
    private final EdgeTable edges;

    Traverser(EntityTable entities, EdgeTable edges) {
        this.entities = entities;
        this.edges = edges;
    }

    Traversal traverse(Session session, TraversalQuery query) throws SQLException {
        Walk walk = new Walk(query.nodeLimit());
        List<EntityRef> frontier = walk.enter(starts(session, query), 0);
        for (int depth = 1; depth <= query.depth() && !frontier.isEmpty() && !walk.truncated; depth++) {
            List<Edge> followed =
                    edges.leading(session, query.workspace(), frontier, query.direction(), query.edgeTypes());
            walk.followed.addAll(followed);
            frontier = walk.enter(
                    followed.stream()
                            .map(edge -> query.direction() == Direction.UPSTREAM ? edge.to() : edge.from())
                            .toList(),
                    depth);
        }
        return walk.result();
    }

    private List<EntityRef> starts(Session session, TraversalQuery query) throws SQLException {
        Collection<Envelope> found =
                entities.get(session, query.workspace(), query.starts()).values();
        return found.stream()
                .map(entity -> new EntityRef(entity.type(), entity.id()))
                .toList();
    }

    /** What has been met so far. */
    private static final class Walk {
        private final int nodeLimit;
        private final Map<EntityId, Traversal.Node> met = new LinkedHashMap<>();
        private final List<Edge> followed = new ArrayList<>();
        private boolean truncated;

        private Walk(int nodeLimit) {
            this.nodeLimit = nodeLimit;
        }

        /** Takes in those not met before, in the order of ids, as far as the limit allows, and returns them. */
        private List<EntityRef> enter(List<EntityRef> reached, int depth) {
            List<EntityRef> entered = reached.stream()
                    .filter(entity -> !met.containsKey(entity.id()))
                    .distinct()
                    .sorted(Comparator.comparing(EntityRef::id))
                    .toList();
            int room = nodeLimit - met.size();
            truncated = entered.size() > room;
            List<EntityRef> kept = truncated ? entered.subList(0, room) : entered;
            kept.forEach(entity -> met.put(entity.id(), new Traversal.Node(entity, depth)));
            return kept;
        }

        private Traversal result() {
            List<Edge> between = followed.stream()
                    .filter(edge -> met.containsKey(edge.from().id())
                            && met.containsKey(edge.to().id()))
                    .toList();
            return new Traversal(List.copyOf(met.values()), between, truncated);
        }
    }
}
