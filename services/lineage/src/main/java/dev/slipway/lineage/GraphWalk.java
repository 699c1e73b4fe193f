package dev.slipway.lineage;

import dev.slipway.api.lineage.Lineage;
import dev.slipway.api.lineage.LineageEdge;
import dev.slipway.api.lineage.LineageNode;
import dev.slipway.api.lineage.LineageQuery;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.Workspace;
import dev.slipway.runtime.caller.Callers;
import dev.slipway.store.graph.GraphStore;
import dev.slipway.store.graph.Traversal;
import dev.slipway.store.graph.TraversalQuery;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Set;

/** Walks the lineage graph of the caller's workspace. */
@Singleton
final class GraphWalk {
    private final GraphStore graph;
    private final Callers callers;

    GraphWalk(GraphStore graph, Callers callers) {
        this.graph = graph;
        this.callers = callers;
    }

    Lineage walk(LineageQuery query) {
        // Readers of JSON leave null what was not sent.
        if (query.of() == null || query.direction() == null) {
            throw SlipwayException.invalid(
                    "lineage.query", "A lineage query names the entity it begins at (of) and a direction; send both.");
        }
        Workspace workspace = callers.workspace();
        Traversal found = graph.traverse(new TraversalQuery(
                workspace,
                List.of(query.of()),
                query.direction(),
                query.edgeTypes() == null ? Set.of() : query.edgeTypes(),
                query.depth(),
                query.limit()));
        if (found.nodes().isEmpty()) {
            throw SlipwayException.notFound(
                    "lineage.unknown-entity", "There is no entity " + query.of() + " in workspace " + workspace + ".");
        }
        return new Lineage(
                found.nodes().stream()
                        .map(node -> new LineageNode(node.entity(), node.depth()))
                        .toList(),
                found.edges().stream()
                        .map(edge -> new LineageEdge(
                                edge.from().id(), edge.type(), edge.to().id(), edge.created()))
                        .toList(),
                found.truncated());
    }
}
