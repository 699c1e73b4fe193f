package dev.slipway.onnx.upgrade;

import dev.slipway.onnx.OnnxNode;
import java.util.ArrayList;
import java.util.List;

/**
 * ONNX Runtime's attention of 8-bit inputs and weights, as its attention of the numbers that these stand for.
 *
 * <p>Source: ONNX Runtime, {@code docs/ContribOperators.md}, QAttention and Attention.
 */
final class QuantisedAttention implements NodeRule {
    static final String CONTRIBUTED = "com.microsoft";

    private static final int BIAS = 2;
    private static final int INPUT_SCALE = 3;
    private static final int WEIGHT_SCALE = 4;
    private static final int MASK = 5;
    private static final int INPUT_ZERO_POINT = 6;
    private static final int WEIGHT_ZERO_POINT = 7;
    private static final int PAST = 8;

    @Override
    public boolean concerns(String operator) {
        return operator.equals("QAttention");
    }

    @Override
    public boolean knows(String domain) {
        return domain.equals(CONTRIBUTED);
    }

    @Override
    public List<OnnxNode> rewrite(OnnxNode node, UpgradeContext context) {
        if (node.input(WEIGHT_SCALE).isEmpty()) {
            return List.of(node);
        }
        NodeList nodes = new NodeList(context, node);
        List<String> inputs = new ArrayList<>();
        inputs.add(
                nodes.dequantised(node.inputs().get(0), node.inputs().get(INPUT_SCALE), node.input(INPUT_ZERO_POINT)));
        inputs.add(nodes.dequantised(
                node.inputs().get(1), node.inputs().get(WEIGHT_SCALE), node.input(WEIGHT_ZERO_POINT)));
        inputs.add(node.inputs().get(BIAS));
        if (node.input(MASK).isPresent() || node.input(PAST).isPresent()) {
            inputs.add(node.input(MASK).orElse(""));
        }
        node.input(PAST).ifPresent(inputs::add);
        return nodes.endingAlike(CONTRIBUTED, "Attention", inputs);
    }
}
