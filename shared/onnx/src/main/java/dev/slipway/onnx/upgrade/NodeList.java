package dev.slipway.onnx.upgrade;

import dev.slipway.onnx.AttributeValue;
import dev.slipway.onnx.ElementType;
import dev.slipway.onnx.OnnxNode;
import dev.slipway.onnx.OnnxTensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The nodes that take the place of one, in the order in which they are computed. */
final class NodeList {
    private final UpgradeContext context;
    private final OnnxNode replaced;
    private final List<OnnxNode> nodes = new ArrayList<>();

    NodeList(UpgradeContext context, OnnxNode replaced) {
        this.context = context;
        this.replaced = replaced;
    }

    /** Gives the name of what the new node makes. */
    String add(String operator, String... inputs) {
        return add(operator, Map.of(), inputs);
    }

    String add(String operator, Map<String, AttributeValue> attributes, String... inputs) {
        OnnxNode node =
                context.node(operator, List.of(inputs), replaced.outputs().get(0), attributes);
        nodes.add(node);
        return node.outputs().get(0);
    }

    String cast(String value, ElementType type) {
        return add("Cast", to(type), value);
    }

    /** The numbers that integers stand for: (value - zero point) × scale, in which an absent zero point is 0. */
    String dequantised(String value, String scale, Optional<String> zeroPoint) {
        String number = cast(value, ElementType.FLOAT32);
        String shifted = zeroPoint
                .map(zero -> add("Sub", number, cast(zero, ElementType.FLOAT32)))
                .orElse(number);
        return add("Mul", shifted, scale);
    }

    /** A scalar that is added to values of this type. */
    String scalar(long number, ElementType type) {
        OnnxTensor tensor = OnnxTensor.int64("", List.of(), number);
        return cast(add("Constant", Map.of("value", new AttributeValue.TensorValue(tensor))), type);
    }

    String integers(long... numbers) {
        OnnxNode node = context.integers(replaced.outputs().get(0), numbers);
        nodes.add(node);
        return node.outputs().get(0);
    }

    /** Adds a node that makes a value of the model. */
    void making(String value, String operator, String... inputs) {
        nodes.add(new OnnxNode(replaced.name() + "_" + value, "", operator, List.of(inputs), List.of(value), Map.of()));
    }

    /** All of them, the last of which makes the first output of the node that they replace. */
    List<OnnxNode> ending(String operator, Map<String, AttributeValue> attributes, String... inputs) {
        nodes.add(new OnnxNode(
                replaced.name(),
                "",
                operator,
                List.of(inputs),
                replaced.outputs().subList(0, 1),
                attributes));
        return List.copyOf(nodes);
    }

    /** All of them, the last of which is a node that makes all outputs of the one that they replace. */
    List<OnnxNode> endingAlike(String domain, String operator, List<String> inputs) {
        nodes.add(new OnnxNode(replaced.name(), domain, operator, inputs, replaced.outputs(), replaced.attributes()));
        return List.copyOf(nodes);
    }

    List<OnnxNode> ending(String operator, String... inputs) {
        return ending(operator, Map.of(), inputs);
    }

    static Map<String, AttributeValue> to(ElementType type) {
        return Map.of("to", AttributeValue.integer(type.code()));
    }
}
