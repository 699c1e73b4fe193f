package dev.slipway.onnx.run;

import dev.slipway.kernel.SlipwayException;
import dev.slipway.onnx.AttributeValue;
import dev.slipway.onnx.OnnxGraph;
import dev.slipway.onnx.OnnxNode;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Refuses attributes by which ONNX Runtime divides without looking, which would end the whole process. */
final class Divisors {
    private static final Set<String> POSITIVE = Set.of(
            "block_size",
            "blocksize",
            "dilations",
            "group",
            "hidden_size",
            "kernel_shape",
            "kv_num_heads",
            "num_groups",
            "num_heads",
            "num_outputs",
            "q_num_heads",
            "strides");

    private Divisors() {}

    /** Fails with {@code onnx.malformed} if one is zero or negative. */
    static void check(OnnxGraph graph) {
        for (OnnxNode node : graph.nodes()) {
            for (Map.Entry<String, AttributeValue> attribute : node.attributes().entrySet()) {
                // Zero heads mean to RotaryEmbedding that the shape tells how many there are.
                if (POSITIVE.contains(attribute.getKey())
                        && !node.operator().equals("RotaryEmbedding")
                        && numbers(attribute.getValue()).stream().anyMatch(number -> number <= 0)) {
                    throw SlipwayException.invalid(
                            "onnx.malformed",
                            "Attribute '" + attribute.getKey() + "' of node '" + node.label() + "' (" + node.operator()
                                    + ") is not positive; export the model again.");
                }
            }
            node.bodies().forEach(Divisors::check);
        }
    }

    private static List<Long> numbers(AttributeValue value) {
        if (value instanceof AttributeValue.IntegerValue integer) {
            return List.of(integer.value());
        }
        return value instanceof AttributeValue.Integers integers ? integers.values() : List.of();
    }
}
