package dev.slipway.onnx;

import ai.onnx.proto.OnnxMl.FunctionProto;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A node that calls a local function.
 *
 * @param node the call, its names already those of the inlined graph
 * @param prefix of the names that the body makes, unique to this call
 * @param calls the functions being inlined, this one last
 */
record FunctionCall(FunctionProto function, OnnxNode node, String prefix, List<FunctionKey> calls) {

    FunctionCall {
        calls = List.copyOf(calls);
        if (node.inputs().size() > function.getInputCount() || node.outputs().size() > function.getOutputCount()) {
            throw OnnxReader.malformed(
                    "node '" + node.label() + "' gives the function " + calls.get(calls.size() - 1)
                            + " more inputs or outputs than it has",
                    null);
        }
    }

    Scope scope(Map<String, AttributeValue> attributes) {
        return new Scope(prefix, values(), attributes, calls);
    }

    /** Outputs that are inputs passed on, or the same value twice: nodes that give them their names outside. */
    List<OnnxNode> copies() {
        Map<String, String> values = values();
        List<OnnxNode> copies = new ArrayList<>();
        for (int i = 0; i < node.outputs().size(); i++) {
            String outside = node.outputs().get(i);
            String made = values.get(function.getOutput(i));
            if (!outside.isEmpty() && !outside.equals(made)) {
                copies.add(
                        new OnnxNode(prefix + "output" + i, "", "Identity", List.of(made), List.of(outside), Map.of()));
            }
        }
        return copies;
    }

    private Map<String, String> values() {
        Map<String, String> values = new HashMap<>();
        for (int i = 0; i < function.getInputCount(); i++) {
            values.put(
                    function.getInput(i),
                    i < node.inputs().size() ? node.inputs().get(i) : "");
        }
        for (int i = 0; i < node.outputs().size(); i++) {
            if (!node.outputs().get(i).isEmpty()) {
                values.putIfAbsent(function.getOutput(i), node.outputs().get(i));
            }
        }
        return values;
    }
}
