package dev.slipway.onnx.precision;

import dev.slipway.onnx.ElementType;
import dev.slipway.onnx.OnnxGraph;
import dev.slipway.onnx.OnnxModel;
import dev.slipway.onnx.OnnxNode;
import dev.slipway.onnx.OnnxValue;
import dev.slipway.onnx.ValueType;
import dev.slipway.onnx.run.OnnxSession;
import dev.slipway.onnx.run.SessionSettings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the elements of a graph's values are, as ONNX Runtime infers it without running the model. */
final class ValueTypes {
    private ValueTypes() {}

    /** Those of dense tensors only; fails with {@code onnx.unusable} if ONNX Runtime can't load the model. */
    static Map<String, ElementType> of(OnnxModel model) {
        OnnxGraph graph = model.graph();
        Map<String, ElementType> types = new HashMap<>();
        for (OnnxValue input : graph.inputs()) {
            if (input.type() instanceof ValueType.Dense dense) {
                types.put(input.name(), dense.element());
            }
        }
        graph.initializers().forEach(tensor -> types.put(tensor.name(), tensor.type()));
        Set<String> known = new HashSet<>();
        graph.outputs().forEach(output -> known.add(output.name()));
        List<OnnxValue> outputs = new ArrayList<>(graph.outputs());
        for (OnnxNode node : graph.nodes()) {
            node.outputs().stream()
                    .filter(output -> !output.isEmpty() && known.add(output))
                    .forEach(output -> outputs.add(OnnxValue.undeclared(output)));
        }
        try (OnnxSession session =
                OnnxSession.open(model.withGraph(graph.withOutputs(outputs)), SessionSettings.faithful())) {
            session.outputs().forEach(output -> types.put(output.name(), output.type()));
        }
        return types;
    }
}
