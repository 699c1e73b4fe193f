package dev.slipway.onnx.precision;

import dev.slipway.onnx.AttributeValue;
import dev.slipway.onnx.ElementType;
import dev.slipway.onnx.OnnxGraph;
import dev.slipway.onnx.OnnxNode;
import dev.slipway.onnx.OnnxTensor;
import dev.slipway.onnx.OnnxValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A graph being rewritten. Each 32-bit value may come to have a 16-bit twin; whichever of the two is not there when a node
 * wants it is made from the other by a Cast, once.
 */
final class HalfGraph {
    private final OnnxGraph graph;
    private final HalfPolicy policy;
    private final Map<String, OnnxTensor> constants;
    private final Set<String> taken = new HashSet<>();
    private final Set<String> full = new HashSet<>();
    private final Map<String, String> halves = new HashMap<>();
    private final Map<String, OnnxTensor> initializers = new LinkedHashMap<>();
    private final List<OnnxNode> nodes = new ArrayList<>();

    HalfGraph(OnnxGraph graph, HalfPolicy policy) {
        this.graph = graph;
        this.policy = policy;
        this.constants = graph.constants();
        graph.inputs().forEach(input -> taken.add(input.name()));
        taken.addAll(constants.keySet());
        graph.nodes().forEach(node -> taken.addAll(node.outputs()));
        graph.requiredInputs().forEach(input -> full.add(input.name()));
    }

    OnnxGraph rewritten() {
        wantedHalf().forEach(this::keepHalf);
        for (OnnxNode node : graph.nodes()) {
            if (policy.computesHalf(node)) {
                addHalf(node);
            } else {
                node.reads().forEach(this::wantFull);
                nodes.add(node);
                full.addAll(node.outputs());
            }
        }
        graph.outputs().stream().map(OnnxValue::name).forEach(this::wantFull);
        return new OnnxGraph(
                graph.name(),
                nodes,
                List.copyOf(initializers.values()),
                graph.requiredInputs(),
                graph.outputs(),
                List.of());
    }

    /** Constants that some node takes with 16 bits: they are kept so, whoever else takes them. */
    private Set<String> wantedHalf() {
        Set<String> wanted = new HashSet<>();
        for (OnnxNode node : graph.nodes()) {
            for (int i = 0; i < node.inputs().size(); i++) {
                String input = node.inputs().get(i);
                if (constants.containsKey(input)
                        && policy.isFloat(input)
                        && policy.computesHalf(node)
                        && policy.takesHalf(node, i)) {
                    wanted.add(input);
                }
            }
        }
        return wanted;
    }

    private void keepHalf(String constant) {
        String half = fresh(constant);
        halves.put(constant, half);
        initializers.put(half, HalfFloat.of(constants.get(constant)).withName(half));
    }

    private void addHalf(OnnxNode node) {
        List<String> inputs = new ArrayList<>();
        for (int i = 0; i < node.inputs().size(); i++) {
            String input = node.inputs().get(i);
            boolean half = policy.isFloat(input) && policy.takesHalf(node, i);
            inputs.add(half ? wantHalf(input) : wantFull(input));
        }
        List<String> outputs = new ArrayList<>();
        for (int i = 0; i < node.outputs().size(); i++) {
            String output = node.outputs().get(i);
            if (policy.isFloat(output) && policy.makesHalf(node, i)) {
                String half = fresh(output);
                halves.put(output, half);
                outputs.add(half);
            } else {
                full.add(output);
                outputs.add(output);
            }
        }
        boolean makesHalf = policy.isFloat(node.outputs().get(0));
        nodes.add(new OnnxNode(
                node.name(),
                node.domain(),
                node.operator(),
                inputs,
                outputs,
                makesHalf ? HalfAttributes.of(node) : node.attributes()));
    }

    private String wantHalf(String value) {
        String known = halves.get(value);
        if (known != null) {
            return known;
        }
        String half = fresh(value);
        halves.put(value, half);
        nodes.add(cast(value, half, ElementType.FLOAT16));
        return half;
    }

    private String wantFull(String value) {
        if (value.isEmpty() || !full.add(value)) {
            return value;
        }
        if (halves.containsKey(value)) {
            nodes.add(cast(halves.get(value), value, ElementType.FLOAT32));
        } else if (constants.containsKey(value)) {
            initializers.put(value, constants.get(value));
        }
        return value;
    }

    private static OnnxNode cast(String from, String to, ElementType type) {
        return new OnnxNode(
                "Cast_" + to,
                "",
                "Cast",
                List.of(from),
                List.of(to),
                Map.of("to", AttributeValue.integer(type.code())));
    }

    private String fresh(String value) {
        String name = value + "_half";
        while (!taken.add(name)) {
            name += "_";
        }
        return name;
    }
}
