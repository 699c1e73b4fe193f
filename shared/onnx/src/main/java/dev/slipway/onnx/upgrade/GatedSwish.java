package dev.slipway.onnx.upgrade;

import dev.slipway.onnx.AttributeValue;
import dev.slipway.onnx.OnnxNode;
import java.util.List;
import java.util.Map;

/** Swish of version 24, and SwiGLU of version 28, which multiplies it: neither has a kernel everywhere. */
final class GatedSwish implements NodeRule {
    private static final String GATED = "SwiGLU";

    @Override
    public boolean concerns(String operator) {
        return operator.equals(GATED) || operator.equals("Swish");
    }

    @Override
    public List<OnnxNode> rewrite(OnnxNode node, UpgradeContext context) {
        NodeList nodes = new NodeList(context, node);
        String value = node.inputs().get(0);
        float slope = node.number("alpha").orElse(1f);
        String scaled = value;
        if (slope != 1) {
            String factor = nodes.add("Constant", Map.of("value_float", new AttributeValue.NumberValue(slope)));
            scaled = nodes.add("Mul", value, nodes.add("CastLike", factor, value));
        }
        String gate = nodes.add("Sigmoid", scaled);
        return node.operator().equals(GATED)
                ? nodes.ending(
                        "Mul", nodes.add("Mul", value, gate), node.inputs().get(1))
                : nodes.ending("Mul", value, gate);
    }
}
