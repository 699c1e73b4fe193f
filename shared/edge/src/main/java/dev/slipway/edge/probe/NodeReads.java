package dev.slipway.edge.probe;

import dev.slipway.onnx.AttributeValue;
import dev.slipway.onnx.OnnxGraph;
import dev.slipway.onnx.OnnxNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What a node reads: its inputs, and what its bodies take from the graphs around them. */
final class NodeReads {
    private NodeReads() {}

    static Set<String> of(OnnxNode node) {
        Set<String> reads = new LinkedHashSet<>(node.inputs());
        reads.remove("");
        bodies(node).forEach(body -> reads.addAll(captures(body)));
        return reads;
    }

    static List<OnnxGraph> bodies(OnnxNode node) {
        List<OnnxGraph> bodies = new ArrayList<>();
        node.sortedAttributes().values().forEach(value -> {
            if (value instanceof AttributeValue.GraphValue body) {
                bodies.add(body.value());
            }
        });
        return bodies;
    }

    /** The values that a body uses but does not make. */
    static Set<String> captures(OnnxGraph body) {
        Set<String> made = new HashSet<>();
        body.inputs().forEach(input -> made.add(input.name()));
        body.initializers().forEach(tensor -> made.add(tensor.name()));
        Set<String> captures = new LinkedHashSet<>();
        for (OnnxNode node : body.nodes()) {
            of(node).stream().filter(value -> !made.contains(value)).forEach(captures::add);
            made.addAll(node.outputs());
        }
        body.outputs().stream()
                .map(output -> output.name())
                .filter(value -> !made.contains(value))
                .forEach(captures::add);
        return captures;
    }
}
