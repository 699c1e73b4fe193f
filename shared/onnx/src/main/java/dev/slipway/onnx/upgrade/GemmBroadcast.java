package dev.slipway.onnx.upgrade;

import dev.slipway.onnx.OnnxNode;
import java.util.List;

/** Gemm broadcasts its third input of its own accord since version 7. */
final class GemmBroadcast implements UpgradeRule {
    @Override
    public long since() {
        return 7;
    }

    @Override
    public boolean concerns(String operator) {
        return operator.equals("Gemm");
    }

    @Override
    public List<OnnxNode> rewrite(OnnxNode node, UpgradeContext context) {
        return List.of(Attributes.without(node, "broadcast"));
    }
}
