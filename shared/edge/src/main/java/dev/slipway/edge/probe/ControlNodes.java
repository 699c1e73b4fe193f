package dev.slipway.edge.probe;

import dev.slipway.kernel.SlipwayException;
import dev.slipway.onnx.OnnxGraph;
import dev.slipway.onnx.OnnxNode;
import java.util.List;

/** Whether the inputs and outputs of control flow fit its bodies, which is needed before ONNX Runtime has said so. */
final class ControlNodes {
    private ControlNodes() {}

    /** Fails with {@code onnx.malformed}. */
    static void check(OnnxNode node) {
        switch (node.operator()) {
            case "If" -> {
                require(node, !node.inputs().isEmpty(), "has no condition");
                for (String branch : List.of("then_branch", "else_branch")) {
                    require(
                            node,
                            body(node, branch).outputs().size()
                                    >= node.outputs().size(),
                            "has " + node.outputs().size() + " outputs, but its " + branch + " "
                                    + body(node, branch).outputs().size());
                }
            }
            case "Loop" -> {
                OnnxGraph body = body(node, "body");
                int states = body.inputs().size() - 2;
                require(
                        node,
                        states >= 0 && node.inputs().size() <= body.inputs().size(),
                        "has " + node.inputs().size() + " inputs, but its body "
                                + body.inputs().size());
                require(
                        node,
                        body.outputs().size() > states
                                && node.outputs().size() < body.outputs().size(),
                        "has " + node.outputs().size() + " outputs, but its body "
                                + body.outputs().size() + " for " + states + " states");
            }
            case "Scan" -> body(node, "body");
            default -> {}
        }
    }

    private static OnnxGraph body(OnnxNode node, String attribute) {
        return node.body(attribute).orElseThrow(() -> malformed(node, "has no " + attribute));
    }

    private static void require(OnnxNode node, boolean holds, String otherwise) {
        if (!holds) {
            throw malformed(node, otherwise);
        }
    }

    private static SlipwayException malformed(OnnxNode node, String why) {
        return SlipwayException.invalid(
                "onnx.malformed",
                "Node '" + node.label() + "' (" + node.operator() + ") " + why + "; export the model again.");
    }
}
