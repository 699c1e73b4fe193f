package dev.slipway.onnx.upgrade;

import dev.slipway.kernel.SlipwayException;
import dev.slipway.onnx.AttributeValue;
import dev.slipway.onnx.ElementType;
import dev.slipway.onnx.OnnxNode;
import dev.slipway.onnx.OnnxTensor;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What rules may ask about the graph around a node, and new nodes and names for them. */
final class UpgradeContext {
    private final Map<String, OnnxTensor> constants;
    private final Map<String, Integer> ranks;
    private final Map<String, List<Long>> shapes;
    private final Map<String, ElementType> types;
    private final Set<String> taken;

    /**
     * @param constants by the names of their values
     * @param ranks of the values of which it is known
     * @param shapes of the values of which all lengths are declared
     * @param types of the elements of the values of which it is known
     * @param taken names, to which new ones are added
     */
    UpgradeContext(
            Map<String, OnnxTensor> constants,
            Map<String, Integer> ranks,
            Map<String, List<Long>> shapes,
            Map<String, ElementType> types,
            Set<String> taken) {
        this.constants = constants;
        this.ranks = ranks;
        this.shapes = shapes;
        this.types = types;
        this.taken = taken;
    }

    Optional<OnnxTensor> constant(String value) {
        return Optional.ofNullable(constants.get(value));
    }

    Optional<Integer> rank(String value) {
        return Optional.ofNullable(ranks.get(value));
    }

    Optional<List<Long>> shape(String value) {
        return Optional.ofNullable(shapes.get(value));
    }

    Optional<ElementType> type(String value) {
        return Optional.ofNullable(types.get(value));
    }

    /** A node that makes one new value, named after another. */
    OnnxNode node(String operator, List<String> inputs, String like, Map<String, AttributeValue> attributes) {
        String name = fresh(like + "_" + operator.toLowerCase(Locale.ROOT));
        return new OnnxNode(name, "", operator, inputs, List.of(name), attributes);
    }

    /** A constant int64 vector. */
    OnnxNode integers(String like, long... values) {
        OnnxTensor tensor = OnnxTensor.int64("", List.of(values.length), values);
        return node("Constant", List.of(), like, Map.of("value", new AttributeValue.TensorValue(tensor)));
    }

    static SlipwayException refused(OnnxNode node, String why) {
        return SlipwayException.unsupported(
                "onnx.unsupported",
                "Node '" + node.label() + "' (" + node.operator() + ") is of an operator set before 7 and can't be"
                        + " upgraded: " + why + ".");
    }

    /** A name that no value has yet. */
    String fresh(String stem) {
        String name = stem;
        for (int i = 1; !taken.add(name); i++) {
            name = stem + i;
        }
        return name;
    }
}
