package dev.slipway.onnx.upgrade;

import dev.slipway.onnx.AttributeValue;
import dev.slipway.onnx.OnnxNode;
import java.util.List;

/** The order {@code p} of LpPool and GlobalLpPool became an integer in version 2. */
final class NormOrder implements UpgradeRule {
    @Override
    public long since() {
        return 2;
    }

    @Override
    public boolean concerns(String operator) {
        return operator.equals("LpPool") || operator.equals("GlobalLpPool");
    }

    @Override
    public List<OnnxNode> rewrite(OnnxNode node, UpgradeContext context) {
        if (!(node.attributes().get("p") instanceof AttributeValue.NumberValue order)) {
            return List.of(node);
        }
        long whole = (long) order.value();
        if (whole != order.value()) {
            throw UpgradeContext.refused(node, "its order " + order.value() + " is no integer");
        }
        return List.of(Attributes.with(node, "p", AttributeValue.integer(whole)));
    }
}
