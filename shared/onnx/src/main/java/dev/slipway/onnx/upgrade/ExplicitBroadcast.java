package dev.slipway.onnx.upgrade;

import dev.slipway.onnx.OnnxNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Which axes of its first input the second one meets was an attribute before version 7, shapes tell it since. */
final class ExplicitBroadcast implements UpgradeRule {
    private static final Set<String> OPERATORS =
            Set.of("Add", "Sub", "Mul", "Div", "Pow", "And", "Or", "Xor", "Equal", "Greater", "Less");

    @Override
    public long since() {
        return 7;
    }

    @Override
    public boolean concerns(String operator) {
        return OPERATORS.contains(operator);
    }

    @Override
    public List<OnnxNode> rewrite(OnnxNode node, UpgradeContext context) {
        OnnxNode plain = Attributes.without(node, "broadcast", "axis");
        Optional<Long> axis = node.integer("axis");
        if (node.integer("broadcast").orElse(0L) == 0
                || axis.isEmpty()
                || node.inputs().size() != 2) {
            return List.of(plain);
        }
        List<OnnxNode> nodes = new ArrayList<>(Alignment.at(axis.get(), node, context));
        String aligned = nodes.isEmpty()
                ? node.inputs().get(1)
                : nodes.get(nodes.size() - 1).outputs().get(0);
        nodes.add(plain.withInputs(List.of(node.inputs().get(0), aligned)));
        return nodes;
    }
}
