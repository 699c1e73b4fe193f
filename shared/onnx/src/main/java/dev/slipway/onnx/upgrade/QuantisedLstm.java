package dev.slipway.onnx.upgrade;

import dev.slipway.onnx.AttributeValue;
import dev.slipway.onnx.OnnxNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * ONNX Runtime's LSTM of 8-bit weights, as an LSTM of the numbers that these stand for. Its kernel rounds inputs and states
 * to 8 bits as well, by ranges that hang on how it shares the samples out to threads: that is no part of the model.
 *
 * <p>Source: ONNX Runtime, {@code docs/ContribOperators.md}, DynamicQuantizeLSTM.
 */
final class QuantisedLstm implements NodeRule {
    private static final int WEIGHTS = 1;
    private static final int RECURRENT = 2;
    private static final int LAST_COMMON = 7;
    private static final int WEIGHT_SCALE = 8;
    private static final int RECURRENT_SCALE = 10;
    private static final List<Long> OUTPUTS_FIRST = List.of(0L, 2L, 1L);

    @Override
    public boolean concerns(String operator) {
        return operator.equals("DynamicQuantizeLSTM");
    }

    /** Exporters have left its domain out. */
    @Override
    public boolean knows(String domain) {
        return domain.isEmpty() || domain.equals(QuantisedAttention.CONTRIBUTED);
    }

    @Override
    public List<OnnxNode> rewrite(OnnxNode node, UpgradeContext context) {
        if (node.input(WEIGHT_SCALE).isEmpty() || node.input(RECURRENT_SCALE).isEmpty()) {
            return List.of(node);
        }
        NodeList nodes = new NodeList(context, node);
        List<String> inputs = new ArrayList<>(node.inputs().subList(0, LAST_COMMON + 1));
        inputs.set(WEIGHTS, weights(nodes, node, WEIGHTS, WEIGHT_SCALE));
        inputs.set(RECURRENT, weights(nodes, node, RECURRENT, RECURRENT_SCALE));
        return nodes.endingAlike("", "LSTM", inputs);
    }

    /** The zero point comes right after the scale; both are of each direction, or of each of its columns too. */
    private static String weights(NodeList nodes, OnnxNode node, int weights, int scale) {
        String numbers = nodes.dequantised(
                node.inputs().get(weights),
                columns(nodes, node.inputs().get(scale)),
                node.input(scale + 1).map(zero -> columns(nodes, zero)));
        return nodes.add("Transpose", Map.of("perm", new AttributeValue.Integers(OUTPUTS_FIRST)), numbers);
    }

    private static String columns(NodeList nodes, String parameter) {
        return nodes.add("Reshape", parameter, nodes.integers(0, 1, -1));
    }
}
