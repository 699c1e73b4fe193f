package dev.slipway.onnx.run;

import dev.slipway.onnx.AttributeValue;
import dev.slipway.onnx.OnnxGraph;
import dev.slipway.onnx.OnnxModel;
import dev.slipway.onnx.OnnxNode;
import dev.slipway.onnx.OnnxTensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Has scales that are computed as the model runs counted before Resize reads them: ONNX Runtime's kernel copies however
 * many there are to where there is room for one of each axis, which corrupts the process' memory. A Reshape to as many as
 * there are axes fails instead.
 */
final class ScaleCounts {
    private static final int SCALES = 2;

    private final Set<String> taken = new HashSet<>();

    private ScaleCounts() {}

    /** The model itself if it has no such scales. */
    static OnnxModel checked(OnnxModel model) {
        return concerns(model.graph(), Set.of())
                ? model.withGraph(new ScaleCounts().checked(model.graph(), Set.of()))
                : model;
    }

    private static boolean concerns(OnnxGraph graph, Set<String> outside) {
        Set<String> constants = constants(graph, outside);
        return graph.nodes().stream()
                .anyMatch(node -> concerns(node, constants)
                        || node.bodies().stream().anyMatch(body -> concerns(body, constants)));
    }

    private static boolean concerns(OnnxNode node, Set<String> constants) {
        return node.domain().isEmpty()
                && node.operator().equals("Resize")
                && node.input(SCALES)
                        .filter(scales -> !constants.contains(scales))
                        .isPresent();
    }

    private static Set<String> constants(OnnxGraph graph, Set<String> outside) {
        Set<String> constants = new HashSet<>(outside);
        graph.initializers().stream().map(OnnxTensor::name).forEach(constants::add);
        graph.nodes().stream()
                .filter(node -> node.operator().equals("Constant"))
                .forEach(node -> constants.addAll(node.outputs()));
        return constants;
    }

    private OnnxGraph checked(OnnxGraph graph, Set<String> outside) {
        Set<String> constants = constants(graph, outside);
        graph.inputs().forEach(input -> taken.add(input.name()));
        taken.addAll(constants);
        graph.nodes().forEach(node -> taken.addAll(node.outputs()));
        return graph.withNodes(graph.nodes().stream()
                .flatMap(node -> concerns(node, constants) ? counted(node) : Stream.of(inBodies(node, constants)))
                .toList());
    }

    private OnnxNode inBodies(OnnxNode node, Set<String> constants) {
        if (node.bodies().isEmpty()) {
            return node;
        }
        Map<String, AttributeValue> attributes = new HashMap<>(node.attributes());
        attributes.replaceAll((name, value) -> value instanceof AttributeValue.GraphValue body
                ? new AttributeValue.GraphValue(checked(body.value(), constants))
                : value);
        return node.withAttributes(attributes);
    }

    private Stream<OnnxNode> counted(OnnxNode node) {
        String scales = node.inputs().get(SCALES);
        String count = fresh(scales + "_count");
        String checked = fresh(scales + "_counted");
        List<String> inputs = new ArrayList<>(node.inputs());
        inputs.set(SCALES, checked);
        OnnxNode reshape = made("Reshape", List.of(scales, count), checked, Map.of());
        if (node.attributes().get("axes") instanceof AttributeValue.Integers axes) {
            OnnxTensor number = OnnxTensor.int64("", List.of(1), axes.values().size());
            OnnxNode constant =
                    made("Constant", List.of(), count, Map.of("value", new AttributeValue.TensorValue(number)));
            return Stream.of(constant, reshape, node.withInputs(inputs));
        }
        String shape = fresh(scales + "_axes");
        return Stream.of(
                made("Shape", List.of(node.inputs().get(0)), shape, Map.of()),
                made("Shape", List.of(shape), count, Map.of()),
                reshape,
                node.withInputs(inputs));
    }

    private static OnnxNode made(
            String operator, List<String> from, String to, Map<String, AttributeValue> attributes) {
        return new OnnxNode(to, "", operator, from, List.of(to), attributes);
    }

    private String fresh(String wanted) {
        String name = wanted;
        while (!taken.add(name)) {
            name += "_";
        }
        return name;
    }
}
