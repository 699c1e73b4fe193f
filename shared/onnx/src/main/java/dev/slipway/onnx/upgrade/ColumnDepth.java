package dev.slipway.onnx.upgrade;

import dev.slipway.onnx.AttributeValue;
import dev.slipway.onnx.OnnxNode;
import java.util.List;
import java.util.Map;

/** From version 28 on SpaceToDepth may put each channel's blocks side by side: its usual result, channels reordered. */
final class ColumnDepth implements NodeRule {
    private static final Map<String, AttributeValue> LAST = Map.of("perm", AttributeValue.integers(0, 2, 3, 1));
    private static final Map<String, AttributeValue> SECOND = Map.of("perm", AttributeValue.integers(0, 3, 1, 2));
    private static final Map<String, AttributeValue> SWAPPED = Map.of("perm", AttributeValue.integers(0, 1, 2, 4, 3));

    @Override
    public boolean concerns(String operator) {
        return operator.equals("SpaceToDepth");
    }

    @Override
    public List<OnnxNode> rewrite(OnnxNode node, UpgradeContext context) {
        OnnxNode plain = Attributes.without(node, "mode");
        if (!node.text("mode").orElse("DCR").equals("CRD")) {
            return List.of(plain);
        }
        NodeList nodes = new NodeList(context, node);
        long block = node.integer("blocksize").orElse(1L);
        String usual = nodes.add(
                "Transpose",
                LAST,
                nodes.add("SpaceToDepth", plain.attributes(), node.inputs().get(0)));
        String blocks = nodes.add("Reshape", usual, nodes.integers(0, 0, 0, block * block, -1));
        String channels = nodes.add("Transpose", SWAPPED, blocks);
        return nodes.ending("Transpose", SECOND, nodes.add("Reshape", channels, nodes.integers(0, 0, 0, -1)));
    }
}
