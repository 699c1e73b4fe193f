package dev.slipway.onnx.upgrade;

import dev.slipway.onnx.OnnxNode;
import java.util.List;

/** The shape of Reshape was an attribute before it became an input in version 5. */
final class ReshapeShape implements UpgradeRule {
    @Override
    public long since() {
        return 5;
    }

    @Override
    public boolean concerns(String operator) {
        return operator.equals("Reshape");
    }

    @Override
    public List<OnnxNode> rewrite(OnnxNode node, UpgradeContext context) {
        List<Long> lengths =
                node.integers("shape").orElseThrow(() -> UpgradeContext.refused(node, "it has no attribute 'shape'"));
        OnnxNode shape = context.integers(
                node.outputs().get(0),
                lengths.stream().mapToLong(Long::longValue).toArray());
        return List.of(
                shape,
                Attributes.without(node, "shape")
                        .withInputs(
                                List.of(node.inputs().get(0), shape.outputs().get(0))));
    }
}
