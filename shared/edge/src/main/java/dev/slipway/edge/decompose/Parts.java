package dev.slipway.edge.decompose;

import dev.slipway.onnx.AttributeValue;
import dev.slipway.onnx.OnnxNode;
import dev.slipway.onnx.OnnxTensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What nodes are decomposed into; the names of new values begin with an output of the node they come from. */
final class Parts {
    private final List<OnnxNode> nodes = new ArrayList<>();
    private final List<OnnxTensor> constants = new ArrayList<>();

    /** Adds a node that makes {@code output}, which is also its result. */
    String node(OnnxNode origin, String operator, List<String> inputs, String output) {
        return node(origin, operator, inputs, output, Map.of());
    }

    String node(
            OnnxNode origin,
            String operator,
            List<String> inputs,
            String output,
            Map<String, AttributeValue> attributes) {
        nodes.add(new OnnxNode(origin.label() + "/" + output, "", operator, inputs, List.of(output), attributes));
        return output;
    }

    void keep(OnnxNode node) {
        nodes.add(node);
    }

    String constant(OnnxTensor tensor) {
        constants.add(tensor);
        return tensor.name();
    }

    List<OnnxNode> nodes() {
        return nodes;
    }

    List<OnnxTensor> constants() {
        return constants;
    }
}
