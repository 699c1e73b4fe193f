package dev.slipway.onnx.upgrade;

import dev.slipway.onnx.OnnxNode;
import java.util.List;

/** Whether a recurrent operator makes its whole sequence was an attribute before version 7; since then it is so if somebody takes it. */
final class RecurrentOutputs implements UpgradeRule {
    @Override
    public long since() {
        return 7;
    }

    @Override
    public boolean concerns(String operator) {
        return operator.equals("RNN") || operator.equals("GRU") || operator.equals("LSTM");
    }

    @Override
    public List<OnnxNode> rewrite(OnnxNode node, UpgradeContext context) {
        return List.of(Attributes.without(node, "output_sequence"));
    }
}
