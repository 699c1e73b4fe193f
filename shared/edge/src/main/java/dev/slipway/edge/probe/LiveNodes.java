package dev.slipway.edge.probe;

import dev.slipway.onnx.OnnxGraph;
import dev.slipway.onnx.OnnxNode;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Leaves out the nodes that no output needs. */
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
        return graph.withNodes(List.copyOf(live));
    }
}
