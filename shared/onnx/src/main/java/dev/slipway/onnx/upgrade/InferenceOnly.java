package dev.slipway.onnx.upgrade;

import dev.slipway.onnx.OnnxNode;
import java.util.List;

/** {@code is_test} chose between training and inference before version 7, which knows inference only. */
final class InferenceOnly implements UpgradeRule {
    @Override
    public long since() {
        return 7;
    }

    @Override
    public boolean concerns(String operator) {
        return operator.equals("BatchNormalization") || operator.equals("Dropout");
    }

    @Override
    public List<OnnxNode> rewrite(OnnxNode node, UpgradeContext context) {
        if (node.integer("is_test").orElse(1L) == 0) {
            throw UpgradeContext.refused(node, "it is in training mode (is_test is 0); export the model for inference");
        }
        OnnxNode plain = Attributes.without(node, "is_test");
        // In inference mode BatchNormalization makes nothing but its first output.
        return List.of(
                node.operator().equals("BatchNormalization")
                        ? new OnnxNode(
                                plain.name(),
                                plain.domain(),
                                plain.operator(),
                                plain.inputs(),
                                plain.outputs()
                                        .subList(0, Math.min(1, plain.outputs().size())),
                                plain.attributes())
                        : plain);
    }
}
