package dev.slipway.edge.optimise;

import dev.slipway.edge.graph.EdgeGraph;
import dev.slipway.edge.graph.EdgeValue;
import java.util.HashMap;
import java.util.Map;

/** How often each value is read, by operations and as an output. */
final class Uses {
    private Uses() {}

    static Map<EdgeValue, Integer> count(EdgeGraph graph) {
        Map<EdgeValue, Integer> uses = new HashMap<>();
        graph.operations()
                .forEach(operation -> operation.inputs().forEach(input -> uses.merge(input, 1, Integer::sum)));
        graph.outputs().values().forEach(output -> uses.merge(output, 1, Integer::sum));
        return uses;
    }
}
