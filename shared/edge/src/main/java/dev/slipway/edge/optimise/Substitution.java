package dev.slipway.edge.optimise;

import dev.slipway.edge.graph.EdgeGraph;
import dev.slipway.edge.graph.EdgeOperation;
import dev.slipway.edge.graph.EdgeValue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Which value stands for another. */
record Substitution(Map<EdgeValue, EdgeValue> values) {

    static Substitution of(Map<EdgeValue, EdgeValue> values) {
        return new Substitution(values);
    }

    EdgeValue of(EdgeValue value) {
        EdgeValue current = value;
        while (values.containsKey(current)) {
            current = values.get(current);
        }
        return current;
    }

    EdgeOperation of(EdgeOperation operation) {
        List<EdgeValue> inputs = operation.inputs().stream().map(this::of).toList();
        return operation.with(inputs, operation.outputs());
    }

    /** The graph reading the values that stand for others. */
    EdgeGraph apply(EdgeGraph graph) {
        Map<String, EdgeValue> outputs = new LinkedHashMap<>();
        graph.outputs().forEach((name, value) -> outputs.put(name, of(value)));
        return new EdgeGraph(graph.operations().stream().map(this::of).toList(), graph.inputs(), outputs);
    }
}
