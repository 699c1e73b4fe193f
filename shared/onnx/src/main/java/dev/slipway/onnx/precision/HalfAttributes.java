package dev.slipway.onnx.precision;

import dev.slipway.onnx.AttributeValue;
import dev.slipway.onnx.ElementType;
import dev.slipway.onnx.OnnxNode;
import dev.slipway.onnx.OnnxTensor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Attributes that say of what type a node's output is. */
final class HalfAttributes {
    private HalfAttributes() {}

    /** The attributes with which a node makes 16-bit numbers instead of 32-bit ones. */
    static Map<String, AttributeValue> of(OnnxNode node) {
        return switch (node.operator()) {
            case "Cast" -> with(node, "to", AttributeValue.integer(ElementType.FLOAT16.code()));
            case "Constant" -> Map.of("value", new AttributeValue.TensorValue(HalfFloat.of(constant(node))));
            case "ConstantOfShape" ->
                with(
                        node,
                        "value",
                        new AttributeValue.TensorValue(
                                HalfFloat.of(node.tensor("value").orElse(OnnxTensor.float32("", List.of(1), 0)))));
            default -> node.attributes();
        };
    }

    private static OnnxTensor constant(OnnxNode node) {
        return node.tensor("value")
                .or(() -> node.number("value_float").map(value -> OnnxTensor.float32("", List.of(), value)))
                .orElseGet(() -> {
                    List<Float> values = node.numbers("value_floats").orElse(List.of());
                    float[] numbers = new float[values.size()];
                    for (int i = 0; i < numbers.length; i++) {
                        numbers[i] = values.get(i);
                    }
                    return OnnxTensor.float32("", List.of(numbers.length), numbers);
                });
    }

    private static Map<String, AttributeValue> with(OnnxNode node, String name, AttributeValue value) {
        Map<String, AttributeValue> attributes = new HashMap<>(node.attributes());
        attributes.put(name, value);
        return attributes;
    }
}
