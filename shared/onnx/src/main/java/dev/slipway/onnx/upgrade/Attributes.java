package dev.slipway.onnx.upgrade;

import dev.slipway.onnx.AttributeValue;
import dev.slipway.onnx.OnnxNode;
import java.util.HashMap;
import java.util.Map;

/** Small changes of a node's attributes. */
final class Attributes {
    private Attributes() {}

    static OnnxNode without(OnnxNode node, String... names) {
        Map<String, AttributeValue> attributes = new HashMap<>(node.attributes());
        for (String name : names) {
            attributes.remove(name);
        }
        return attributes.size() == node.attributes().size() ? node : node.withAttributes(attributes);
    }

    static OnnxNode with(OnnxNode node, String name, AttributeValue value) {
        Map<String, AttributeValue> attributes = new HashMap<>(node.attributes());
        attributes.put(name, value);
        return node.withAttributes(attributes);
    }
}
