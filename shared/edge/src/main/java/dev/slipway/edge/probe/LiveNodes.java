package dev.slipway.edge.probe;

import dev.slipway.onnx.OnnxGraph;
import dev.slipway.onnx.OnnxNode;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Leaves out the nodes and initializers that no output needs. */
final class LiveNodes {
    private LiveNodes() {}

    static OnnxGraph of(OnnxGraph graph) {
        Set<String> needed = new HashSet<>();
        graph.outputs().forEach(output -> needed.add(output.name()));
        Deque<OnnxNode> live = new ArrayDeque<>();
        List<OnnxNode> nodes = graph.nodes();
        for (int i = nodes.size() - 1; i >= 0; i--) {
            OnnxNode node = nodes.get(i);
            if (node.outputs().stream().anyMatch(needed::contains)) {
                live.addFirst(node);
                needed.addAll(NodeReads.of(node));
            }
        }
        // Up to IR 3 initializers are inputs too, so those stay.
        graph.inputs().forEach(input -> needed.add(input.name()));
        return graph.withNodes(List.copyOf(live))
                .withInitializers(graph.initializers().stream()
                        .filter(tensor -> needed.contains(tensor.name()))
                        .toList());
    }
}
