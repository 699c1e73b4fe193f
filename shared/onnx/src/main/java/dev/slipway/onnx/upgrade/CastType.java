package dev.slipway.onnx.upgrade;

import dev.slipway.onnx.AttributeValue;
import dev.slipway.onnx.ElementType;
import dev.slipway.onnx.OnnxNode;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The type that Cast makes was given by its name before version 6. */
final class CastType implements UpgradeRule {
    @Override
    public long since() {
        return 6;
    }

    @Override
    public boolean concerns(String operator) {
        return operator.equals("Cast");
    }

    @Override
    public List<OnnxNode> rewrite(OnnxNode node, UpgradeContext context) {
        if (!(node.attributes().get("to") instanceof AttributeValue.Text name)) {
            return List.of(node);
        }
        ElementType type =
                switch (name.value().toUpperCase(Locale.ROOT)) {
                    case "FLOAT" -> ElementType.FLOAT32;
                    case "DOUBLE" -> ElementType.FLOAT64;
                    default ->
                        Arrays.stream(ElementType.values())
                                .filter(one -> one.name().equalsIgnoreCase(name.value()))
                                .findFirst()
                                .orElseThrow(() -> UpgradeContext.refused(
                                        node, "there is no element type '" + name.value() + "'"));
                };
        return List.of(Attributes.with(node, "to", AttributeValue.integer(type.code())));
    }
}
