package dev.slipway.edge.probe;

import dev.slipway.onnx.Dimension;
import dev.slipway.onnx.OnnxGraph;
import dev.slipway.onnx.OnnxModel;
import dev.slipway.onnx.OnnxNode;
import dev.slipway.onnx.OnnxValue;
import dev.slipway.onnx.run.OnnxSession;
import dev.slipway.onnx.run.SessionSettings;
import java.util.List;
import java.util.Map;

/**
 * Runs nodes alone whose inferred shapes are not always those of their results: pools that round up, where a last window
 * that begins in the padding is left out by the kernels but, for some operator sets, counted by the inference.
 */
final class DoubtfulShapes {
    private DoubtfulShapes() {}

    /** Whether all doubtful shapes were inferred right. */
    static boolean hold(OnnxModel model, Snapshot snapshot) {
        return model.graph().nodes().stream()
                .filter(node -> node.integer("ceil_mode").orElse(0L) != 0)
                .allMatch(node -> holds(node, model, snapshot));
    }

    private static boolean holds(OnnxNode node, OnnxModel model, Snapshot snapshot) {
        String input = node.inputs().get(0);
        String output = node.outputs().get(0);
        if (!snapshot.has(input) || !snapshot.has(output)) {
            return false;
        }
        OnnxValue declared = OnnxValue.dense(
                input,
                snapshot.types().get(input),
                snapshot.shapes().get(input).stream().map(Dimension::fixed).toArray(Dimension[]::new));
        OnnxGraph alone = new OnnxGraph(
                "alone", List.of(node), List.of(), List.of(declared), List.of(OnnxValue.undeclared(output)), List.of());
        try (OnnxSession session = OnnxSession.open(model.withGraph(alone), SessionSettings.faithful())) {
            List<Integer> shape = session.evaluate(Map.of(input, snapshot.tensor(input)))
                    .get(output)
                    .shape();
            return shape.equals(snapshot.shapes().get(output));
        }
    }
}
