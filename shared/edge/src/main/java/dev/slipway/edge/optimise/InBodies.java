package dev.slipway.edge.optimise;

import dev.slipway.edge.graph.EdgeGraph;
import dev.slipway.edge.graph.EdgeOperation;
import dev.slipway.edge.graph.GraphPass;
import java.util.List;

/** Applies a pass to the graphs of control flow, the innermost first, and then to the graph itself. */
public record InBodies(GraphPass pass) implements GraphPass {
    @Override
    public EdgeGraph apply(EdgeGraph graph) {
        List<EdgeOperation> operations =
                graph.operations().stream().map(this::withBodies).toList();
        return pass.apply(new EdgeGraph(operations, graph.inputs(), graph.outputs()));
    }

    private EdgeOperation withBodies(EdgeOperation operation) {
        List<EdgeGraph> bodies = operation.bodies().stream().map(this::apply).toList();
        return new EdgeOperation(
                operation.operator(), operation.options(), operation.inputs(), operation.outputs(), bodies);
    }
}
