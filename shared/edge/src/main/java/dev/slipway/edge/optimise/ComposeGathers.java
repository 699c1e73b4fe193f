package dev.slipway.edge.optimise;

import dev.slipway.edge.graph.EdgeGraph;
import dev.slipway.edge.graph.EdgeOperation;
import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.graph.GraphPass;
import dev.slipway.tflite.BuiltinOperator;
import dev.slipway.tflite.OperatorOptions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Picks elements of a vector in one step instead of two, such as one length of a shape that is put in another order. */
public final class ComposeGathers implements GraphPass {
    private static final OperatorOptions FIRST_AXIS = new OperatorOptions.Gather(0, 0);

    @Override
    public EdgeGraph apply(EdgeGraph graph) {
        Map<EdgeValue, EdgeOperation> makers = new HashMap<>();
        List<EdgeOperation> operations = new ArrayList<>();
        for (EdgeOperation operation : graph.operations()) {
            EdgeOperation composed = Optional.of(operation)
                    .filter(ComposeGathers::isPick)
                    .map(pick -> makers.get(pick.input(0)))
                    .filter(ComposeGathers::isPick)
                    .map(inner -> composed(inner, operation))
                    .orElse(operation);
            operations.add(composed);
            composed.outputs().forEach(output -> makers.put(output, composed));
        }
        return new EdgeGraph(operations, graph.inputs(), graph.outputs());
    }

    private static boolean isPick(EdgeOperation operation) {
        return operation.operator() == BuiltinOperator.GATHER
                && operation.options().equals(FIRST_AXIS)
                && operation.input(0).rank() == 1
                && operation.input(1).isConstant();
    }

    private static EdgeOperation composed(EdgeOperation inner, EdgeOperation outer) {
        List<Integer> places = inner.input(1).integers();
        EdgeValue indices = outer.input(1);
        List<Integer> picked = indices.integers().stream().map(places::get).toList();
        EdgeValue both = EdgeValue.integers(indices.name(), indices.shape(), picked);
        return outer.with(List.of(inner.input(0), both), outer.outputs());
    }
}
