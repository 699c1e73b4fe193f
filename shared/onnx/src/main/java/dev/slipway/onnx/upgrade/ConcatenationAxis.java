package dev.slipway.onnx.upgrade;

import dev.slipway.onnx.AttributeValue;
import dev.slipway.onnx.OnnxNode;
import java.util.List;

/** Concat had an axis of its own accord, 1, before version 4. */
final class ConcatenationAxis implements UpgradeRule {
    @Override
    public long since() {
        return 4;
    }

    @Override
    public boolean concerns(String operator) {
        return operator.equals("Concat");
    }

    @Override
    public List<OnnxNode> rewrite(OnnxNode node, UpgradeContext context) {
        return List.of(
                node.attributes().containsKey("axis")
                        ? node
                        : Attributes.with(node, "axis", AttributeValue.integer(1)));
    }
}
