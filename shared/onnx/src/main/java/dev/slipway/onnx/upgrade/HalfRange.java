package dev.slipway.onnx.upgrade;

import dev.slipway.onnx.ElementType;
import dev.slipway.onnx.OnnxNode;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** From version 27 on Range counts in half floats too, computed as float32. */
final class HalfRange implements NodeRule {
    private static final Set<ElementType> HALVES = Set.of(ElementType.FLOAT16, ElementType.BFLOAT16);

    @Override
    public boolean concerns(String operator) {
        return operator.equals("Range");
    }

    @Override
    public List<OnnxNode> rewrite(OnnxNode node, UpgradeContext context) {
        OnnxNode plain = Attributes.without(node, "stash_type");
        Optional<ElementType> half = plain.inputs().stream()
                .flatMap(input -> context.type(input).stream())
                .filter(HALVES::contains)
                .findFirst();
        if (half.isEmpty()) {
            return List.of(plain);
        }
        NodeList nodes = new NodeList(context, node);
        String[] wide = plain.inputs().stream()
                .map(input -> nodes.cast(input, ElementType.FLOAT32))
                .toArray(String[]::new);
        return nodes.ending("Cast", NodeList.to(half.get()), nodes.add("Range", wide));
    }
}
