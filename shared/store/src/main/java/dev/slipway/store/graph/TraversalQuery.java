package dev.slipway.store.graph;

import dev.slipway.kernel.Direction;
import dev.slipway.kernel.EdgeType;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.Workspace;
import dev.slipway.kernel.id.EntityId;
import java.util.List;
import java.util.Set;

/**
 * Asks for what lies upstream or downstream of some entities.
 *
 * @param starts at most 100; those that exist in the workspace are in the answer, with depth 0
 * @param edgeTypes only these are followed; empty for all
 * @param depth how many edges to follow at most, 0 to {@value #MAX_DEPTH}
 * @param nodeLimit how many nodes to return at most, 1 to {@value #MAX_NODES}
 */
public record TraversalQuery(
        Workspace workspace,
        List<EntityId> starts,
        Direction direction,
        Set<EdgeType> edgeTypes,
        int depth,
        int nodeLimit) {
    public static final int MAX_DEPTH = 100;
    public static final int MAX_NODES = 10_000;

    public TraversalQuery {
        starts = List.copyOf(starts);
        edgeTypes = Set.copyOf(edgeTypes);
        if (depth < 0 || depth > MAX_DEPTH) {
            throw SlipwayException.invalid("lineage.depth", "The depth is 0 to " + MAX_DEPTH + ", not " + depth + ".");
        }
        if (nodeLimit < 1 || nodeLimit > MAX_NODES) {
            throw SlipwayException.invalid(
                    "lineage.limit", "The node limit is 1 to " + MAX_NODES + ", not " + nodeLimit + ".");
        }
        if (starts.size() > 100) {
            throw SlipwayException.tooLarge("lineage.starts", "A traversal begins at 100 entities at most.");
        }
    }
}
