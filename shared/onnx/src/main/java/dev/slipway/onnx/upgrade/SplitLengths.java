package dev.slipway.onnx.upgrade;

import dev.slipway.onnx.AttributeValue;
import dev.slipway.onnx.OnnxNode;
import java.util.List;

/** The lengths of Split were an input before they became an attribute in version 2. */
final class SplitLengths implements UpgradeRule {
    @Override
    public long since() {
        return 2;
    }

    @Override
    public boolean concerns(String operator) {
        return operator.equals("Split");
    }

    @Override
    public List<OnnxNode> rewrite(OnnxNode node, UpgradeContext context) {
        if (node.input(1).isEmpty()) {
            return List.of(node.withInputs(
                    node.inputs().subList(0, Math.min(1, node.inputs().size()))));
        }
        long[] lengths = context.constant(node.inputs().get(1))
                .orElseThrow(() -> UpgradeContext.refused(node, "the lengths of its parts are not constant"))
                .longs();
        return List.of(Attributes.with(
                node.withInputs(List.of(node.inputs().get(0))), "split", AttributeValue.integers(lengths)));
    }
}
