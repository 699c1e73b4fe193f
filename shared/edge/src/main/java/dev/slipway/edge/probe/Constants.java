package dev.slipway.edge.probe;

import dev.slipway.onnx.OnnxGraph;
import dev.slipway.onnx.OnnxModel;
import dev.slipway.onnx.OnnxNode;
import dev.slipway.onnx.OnnxTensor;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A model whose nodes that need no input are computed.
 *
 * @param model has the results as initializers instead of the nodes, as far as something reads them; nodes that turn
 *     integers into the numbers they stand for are kept, since a converter may want the integers
 * @param snapshot the values of the nodes that were kept
 */
record Constants(OnnxModel model, Snapshot snapshot) {
    private static final Set<String> KEPT = Set.of("DequantizeLinear", "QuantizeLinear");

    static Constants of(OnnxModel whole, DataFlow flow) {
        OnnxGraph graph = whole.graph();
        Snapshot snapshot = Snapshot.empty();
        graph.initializers().forEach(tensor -> snapshot.shape(tensor.name(), tensor.type(), tensor.shape()));
        Folding.fold(whole, flow, snapshot);
        Set<String> folded = snapshot.elements().keySet();
        List<OnnxNode> nodes = new ArrayList<>();
        Set<String> read = new HashSet<>();
        Set<String> made = new HashSet<>();
        graph.outputs().forEach(output -> read.add(output.name()));
        for (OnnxNode node : graph.nodes()) {
            boolean known = node.outputs().stream().allMatch(output -> output.isEmpty() || folded.contains(output));
            if (!known || KEPT.contains(node.operator())) {
                nodes.add(node);
                read.addAll(NodeReads.of(node));
                made.addAll(node.outputs());
            }
        }
        List<OnnxTensor> initializers = new ArrayList<>(graph.initializers());
        snapshot.elements().values().stream()
                .filter(tensor -> read.contains(tensor.name()) && !made.contains(tensor.name()))
                .forEach(initializers::add);
        snapshot.elements().keySet().retainAll(made);
        snapshot.shapes().keySet().retainAll(made);
        snapshot.types().keySet().retainAll(made);
        OnnxModel rest = whole.withGraph(graph.withNodes(nodes).withInitializers(initializers));
        return new Constants(rest.withGraph(LiveNodes.of(rest.graph())), snapshot);
    }
}
