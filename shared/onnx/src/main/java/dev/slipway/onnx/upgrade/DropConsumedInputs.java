package dev.slipway.onnx.upgrade;

import dev.slipway.onnx.OnnxNode;
import java.util.List;

/** {@code consumed_inputs} told which inputs an operator may overwrite; since version 6 none may. */
final class DropConsumedInputs implements UpgradeRule {
    @Override
    public long since() {
        return 6;
    }

    @Override
    public boolean concerns(String operator) {
        return true;
    }

    @Override
    public List<OnnxNode> rewrite(OnnxNode node, UpgradeContext context) {
        return List.of(Attributes.without(node, "consumed_inputs"));
    }
}
