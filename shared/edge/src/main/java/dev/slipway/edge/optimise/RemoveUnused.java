package dev.slipway.edge.optimise;

import dev.slipway.edge.graph.EdgeGraph;
import dev.slipway.edge.graph.EdgeOperation;
import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.graph.GraphPass;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Leaves out operations whose results nothing needs. */
public final class RemoveUnused implements GraphPass {
    @Override
    public EdgeGraph apply(EdgeGraph graph) {
        Set<EdgeValue> needed = new HashSet<>(graph.outputs().values());
        Deque<EdgeOperation> kept = new ArrayDeque<>();
        for (int i = graph.operations().size() - 1; i >= 0; i--) {
            EdgeOperation operation = graph.operations().get(i);
            if (operation.outputs().stream().anyMatch(needed::contains)) {
                kept.addFirst(operation);
                needed.addAll(operation.inputs());
            }
        }
        return new EdgeGraph(List.copyOf(kept), graph.inputs(), graph.outputs());
    }
}
