package dev.slipway.edge.layout;

import dev.slipway.edge.Layout;
import dev.slipway.edge.graph.EdgeGraph;
import dev.slipway.edge.graph.EdgeOperation;
import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.graph.GraphPass;
import dev.slipway.edge.graph.Kernels;
import dev.slipway.edge.graph.OperationList;
import dev.slipway.edge.graph.Permutation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Gives images at the border channels last, with transposes behind inputs and before outputs that others then cancel. */
public final class ChannelsLastBorder implements GraphPass {
    private final Layout layout;

    public ChannelsLastBorder(Layout layout) {
        this.layout = layout;
    }

    @Override
    public EdgeGraph apply(EdgeGraph graph) {
        List<EdgeOperation> operations = new ArrayList<>();
        List<EdgeValue> inputs = new ArrayList<>();
        for (EdgeValue input : graph.inputs()) {
            if (layout.moves(input.rank())) {
                EdgeValue last = input.permuted(Permutation.toChannelsLast(input.rank()));
                operations.add(Kernels.transposition(last, Permutation.toChannelsFirst(input.rank()), input));
                inputs.add(last);
            } else {
                inputs.add(input);
            }
        }
        operations.addAll(graph.operations());
        OperationList behind = new OperationList();
        Map<String, EdgeValue> outputs = new LinkedHashMap<>();
        graph.outputs()
                .forEach((name, value) -> outputs.put(
                        name,
                        layout.moves(value.rank())
                                ? new Kernels(behind, name).transpose(value, Permutation.toChannelsLast(value.rank()))
                                : value));
        operations.addAll(behind.operations());
        return new EdgeGraph(operations, inputs, outputs);
    }
}
