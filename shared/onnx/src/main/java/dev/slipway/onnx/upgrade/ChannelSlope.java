package dev.slipway.onnx.upgrade;

import dev.slipway.onnx.OnnxNode;
import java.util.ArrayList;
import java.util.List;

/** A slope of PRelu was one per channel before version 7, which broadcasts it as shapes say. */
final class ChannelSlope implements UpgradeRule {
    @Override
    public long since() {
        return 7;
    }

    @Override
    public boolean concerns(String operator) {
        return operator.equals("PRelu");
    }

    @Override
    public List<OnnxNode> rewrite(OnnxNode node, UpgradeContext context) {
        if (node.inputs().size() != 2 || context.rank(node.inputs().get(1)).orElse(1) != 1) {
            return List.of(node);
        }
        List<OnnxNode> nodes = new ArrayList<>(Alignment.at(1, node, context));
        String aligned = nodes.isEmpty()
                ? node.inputs().get(1)
                : nodes.get(nodes.size() - 1).outputs().get(0);
        nodes.add(node.withInputs(List.of(node.inputs().get(0), aligned)));
        return nodes;
    }
}
