package dev.slipway.onnx.upgrade;

import dev.slipway.onnx.AttributeValue;
import dev.slipway.onnx.OnnxNode;
import java.util.List;

/** {@code paddings} of Pad became {@code pads} in version 2. */
final class PadAmounts implements UpgradeRule {
    @Override
    public long since() {
        return 2;
    }

    @Override
    public boolean concerns(String operator) {
        return operator.equals("Pad");
    }

    @Override
    public List<OnnxNode> rewrite(OnnxNode node, UpgradeContext context) {
        AttributeValue paddings = node.attributes().get("paddings");
        return List.of(
                paddings == null ? node : Attributes.with(Attributes.without(node, "paddings"), "pads", paddings));
    }
}
