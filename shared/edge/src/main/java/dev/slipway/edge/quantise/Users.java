package dev.slipway.edge.quantise;

import dev.slipway.edge.graph.EdgeGraph;
import dev.slipway.edge.graph.EdgeOperation;
import dev.slipway.edge.graph.EdgeValue;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Which operation makes a value, and which use it. */
final class Users {
    private final Map<EdgeValue, EdgeOperation> makers = new HashMap<>();
    private final Map<EdgeValue, EdgeOperation> users = new HashMap<>();
    private final Map<EdgeValue, Integer> uses = new HashMap<>();

    private Users() {}

    static Users of(EdgeGraph graph) {
        Users all = new Users();
        for (EdgeOperation operation : graph.operations()) {
            operation.outputs().forEach(output -> all.makers.put(output, operation));
            for (EdgeValue input : operation.inputs()) {
                all.uses.merge(input, 1, Integer::sum);
                all.users.put(input, operation);
            }
        }
        graph.outputs().values().forEach(output -> all.uses.merge(output, 2, Integer::sum));
        return all;
    }

    /** Null for an input of the graph or a constant. */
    EdgeOperation maker(EdgeValue value) {
        return makers.get(value);
    }

    /** Whether one operation uses the value, once, and it is no output. */
    boolean isOnlyUse(EdgeValue value) {
        return uses.getOrDefault(value, 0) == 1;
    }

    /** The operation that alone uses the value. */
    Optional<EdgeOperation> onlyUser(EdgeValue value) {
        return isOnlyUse(value) ? Optional.of(users.get(value)) : Optional.empty();
    }
}
