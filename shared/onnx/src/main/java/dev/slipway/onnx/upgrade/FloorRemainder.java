package dev.slipway.onnx.upgrade;

import dev.slipway.onnx.AttributeValue;
import dev.slipway.onnx.ElementType;
import dev.slipway.onnx.OnnxNode;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** From version 28 on Mod of floats may have the divisor's sign: C's remainder, or that and the divisor. */
final class FloorRemainder implements NodeRule {
    private static final Set<ElementType> FLOATS =
            Set.of(ElementType.FLOAT32, ElementType.FLOAT64, ElementType.FLOAT16);

    @Override
    public boolean concerns(String operator) {
        return operator.equals("Mod");
    }

    @Override
    public List<OnnxNode> rewrite(OnnxNode node, UpgradeContext context) {
        String divisor = node.inputs().get(1);
        ElementType type = context.type(node.inputs().get(0))
                .or(() -> context.type(divisor))
                .or(() -> context.type(node.outputs().get(0)))
                .orElse(ElementType.INT64);
        if (node.integer("fmod").orElse(0L) != 0 || !FLOATS.contains(type)) {
            return List.of(node);
        }
        NodeList nodes = new NodeList(context, node);
        String zero = nodes.scalar(0, type);
        String rest = nodes.add(
                "Mod", Map.of("fmod", AttributeValue.integer(1)), node.inputs().get(0), divisor);
        String signsDiffer = nodes.add("Xor", nodes.add("Less", rest, zero), nodes.add("Less", divisor, zero));
        String wrong = nodes.add("And", signsDiffer, nodes.add("Not", nodes.add("Equal", rest, zero)));
        return nodes.ending("Where", wrong, nodes.add("Add", rest, divisor), rest);
    }
}
