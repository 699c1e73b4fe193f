package dev.slipway.onnx;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Turns large constants that are nodes into initializers. */
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
}
