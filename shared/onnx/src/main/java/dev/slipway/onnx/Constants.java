package dev.slipway.onnx;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** Sorts out the constants of a graph before they are taken out of it. */
final class Constants {
    private Constants() {}

    /** The graph itself if it has none of those asked for. */
    static OnnxGraph hoisted(OnnxGraph graph, Predicate<OnnxTensor> which) {
        List<OnnxNode> nodes = new ArrayList<>();
        List<OnnxTensor> initializers = new ArrayList<>(graph.initializers());
        for (OnnxNode node : graph.nodes()) {
            if (node.domain().isEmpty()
                    && node.operator().equals("Constant")
                    && node.outputs().size() == 1
                    && node.attributes().get("value") instanceof AttributeValue.TensorValue constant
                    && constant.value().type() != ElementType.STRING
                    && which.test(constant.value())) {
                initializers.add(constant.value().withName(node.outputs().get(0)));
            } else {
                nodes.add(node);
            }
        }
        return nodes.size() == graph.nodes().size()
                ? graph
                : graph.withNodes(nodes).withInitializers(initializers);
    }

    /** The values that a node, a body or the caller reads. */
    static Set<String> read(OnnxGraph graph) {
        Set<String> read = new HashSet<>();
        graph.nodes().forEach(node -> read.addAll(node.reads()));
        graph.outputs().forEach(output -> read.add(output.name()));
        return read;
    }

    /** Drops initializers that nothing reads; those that are inputs too stay, or a caller would have to give them. */
    static OnnxGraph withoutUnread(OnnxGraph graph, Set<String> read) {
        Set<String> kept = new HashSet<>(read);
        graph.inputs().forEach(input -> kept.add(input.name()));
        return graph.withInitializers(graph.initializers().stream()
                .filter(tensor -> kept.contains(tensor.name()))
                .toList());
    }
}
