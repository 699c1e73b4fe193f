package dev.slipway.onnx.upgrade;

import dev.slipway.onnx.AttributeValue;
import dev.slipway.onnx.OnnxNode;
import java.util.List;
import java.util.Optional;

/** Upsample scaled height and width by an attribute each before version 7. */
final class UpsampleScales implements UpgradeRule {
    @Override
    public long since() {
        return 7;
    }

    @Override
    public boolean concerns(String operator) {
        return operator.equals("Upsample");
    }

    @Override
    public List<OnnxNode> rewrite(OnnxNode node, UpgradeContext context) {
        Optional<Float> height = node.number("height_scale");
        Optional<Float> width = node.number("width_scale");
        if (height.isEmpty() || width.isEmpty()) {
            return List.of(node);
        }
        OnnxNode scaled = Attributes.with(
                Attributes.without(node, "height_scale", "width_scale"),
                "scales",
                new AttributeValue.Numbers(List.of(1f, 1f, height.get(), width.get())));
        return List.of(
                node.text("mode").orElse("").equals("bilinear")
                        ? Attributes.with(scaled, "mode", AttributeValue.text("linear"))
                        : scaled);
    }
}
