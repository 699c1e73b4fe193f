package dev.slipway.edge;

import dev.slipway.kernel.SlipwayException;
import dev.slipway.onnx.Dimension;
import dev.slipway.onnx.OnnxGraph;
import dev.slipway.onnx.OnnxModel;
import dev.slipway.onnx.OnnxValue;
import dev.slipway.onnx.ValueType;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Gives inputs the shapes that the caller fixed. */
public final class FixedShapes {
    private FixedShapes() {}

    /** The model with these inputs' shapes; fails with {@code edge.input} if one is not an input of it. */
    public static OnnxModel apply(OnnxModel model, Map<String, List<Integer>> shapes) {
        OnnxGraph graph = model.graph();
        List<String> names =
                graph.requiredInputs().stream().map(OnnxValue::name).toList();
        for (String name : shapes.keySet()) {
            if (!names.contains(name)) {
                throw SlipwayException.invalid(
                        "edge.input", "A shape is given for '" + name + "', but the model's inputs are " + names + ".");
            }
        }
        List<OnnxValue> inputs = graph.inputs().stream()
                .map(input -> shapes.containsKey(input.name()) ? fixed(input, shapes.get(input.name())) : input)
                .toList();
        return model.withGraph(new OnnxGraph(
                graph.name(), graph.nodes(), graph.initializers(), inputs, graph.outputs(), graph.values()));
    }

    private static OnnxValue fixed(OnnxValue input, List<Integer> shape) {
        if (input.type() instanceof ValueType.Dense dense) {
            List<Dimension> dimensions = shape.stream()
                    .map(length -> Dimension.fixed(length.longValue()))
                    .toList();
            return new OnnxValue(input.name(), new ValueType.Dense(dense.element(), Optional.of(dimensions)));
        }
        throw SlipwayException.invalid(
                "edge.input", "Input '" + input.name() + "' is no dense tensor, so it can't be given a shape.");
    }
}
