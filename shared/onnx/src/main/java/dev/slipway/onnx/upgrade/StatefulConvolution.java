package dev.slipway.onnx.upgrade;

import dev.slipway.kernel.SlipwayException;
import dev.slipway.onnx.AttributeValue;
import dev.slipway.onnx.OnnxNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * CausalConvWithState of version 27: a convolution of each channel with what came before it in front, of which the end is
 * what comes before the next.
 */
final class StatefulConvolution implements NodeRule {
    private static final Map<String, AttributeValue> ALONG_TIME = Map.of("axis", AttributeValue.integer(2));

    @Override
    public boolean concerns(String operator) {
        return operator.equals("CausalConvWithState");
    }

    @Override
    public List<OnnxNode> rewrite(OnnxNode node, UpgradeContext context) {
        String weights = node.inputs().get(1);
        List<Long> shape = context.shape(weights)
                .filter(lengths -> lengths.size() == 3)
                .orElseThrow(() -> SlipwayException.unsupported(
                        "onnx.unsupported",
                        "Node '" + node.label() + "' (" + node.operator()
                                + "): the shape of its weights must be known."));
        long channels = shape.get(0);
        long past = shape.get(2) - 1;
        NodeList nodes = new NodeList(context, node);
        String whole = node.input(3)
                .map(state ->
                        nodes.add("Concat", ALONG_TIME, state, node.inputs().get(0)))
                .orElseGet(() -> nodes.add("Pad", node.inputs().get(0), nodes.integers(0, 0, past, 0, 0, 0)));
        if (node.outputs().size() > 1 && !node.outputs().get(1).isEmpty()) {
            // Of no past nothing is kept: from its start to its start.
            String end = past == 0 ? nodes.integers(0) : nodes.integers(Long.MAX_VALUE);
            nodes.making(node.outputs().get(1), "Slice", whole, nodes.integers(-past), end, nodes.integers(2));
        }
        Map<String, AttributeValue> each = Map.of("group", AttributeValue.integer(channels));
        Optional<String> bias = node.input(2);
        String[] inputs =
                bias.map(value -> new String[] {whole, weights, value}).orElseGet(() -> new String[] {whole, weights});
        if (node.text("activation").orElse("none").equals("none")) {
            return nodes.ending("Conv", each, inputs);
        }
        String convolved = nodes.add("Conv", each, inputs);
        return nodes.ending("Mul", convolved, nodes.add("Sigmoid", convolved));
    }
}
