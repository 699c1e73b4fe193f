package dev.slipway.store.graph;

import dev.slipway.kernel.EntityRef;
import java.util.List;

/**
 * A part of the graph.
 *
 * @param nodes by depth, then by id; when there are more than the node limit, the first of them
 * @param edges those followed between the nodes returned: every edge that leads on from a node less deep than the depth
 * @param truncated whether nodes within the depth were left out because of the node limit
 */
public record Traversal(List<Node> nodes, List<Edge> edges, boolean truncated) {
    public Traversal {
        nodes = List.copyOf(nodes);
        edges = List.copyOf(edges);
    }

    /** An entity and its shortest distance from a start. */
    public record Node(EntityRef entity, int depth) {}
}
