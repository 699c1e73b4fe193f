package dev.slipway.onnx.upgrade;

import dev.slipway.onnx.AttributeValue;
import dev.slipway.onnx.OnnxNode;
import java.util.List;

/** The constants of Selu got more digits in version 6. */
final class SeluDefaults implements UpgradeRule {
    @Override
    public long since() {
        return 6;
    }

    @Override
    public boolean concerns(String operator) {
        return operator.equals("Selu");
    }

    @Override
    public List<OnnxNode> rewrite(OnnxNode node, UpgradeContext context) {
        return List.of(withDefault(withDefault(node, "alpha", 1.6732f), "gamma", 1.0507f));
    }

    private static OnnxNode withDefault(OnnxNode node, String name, float value) {
        return node.attributes().containsKey(name) ? node : Attributes.with(node, name, AttributeValue.number(value));
    }
}
