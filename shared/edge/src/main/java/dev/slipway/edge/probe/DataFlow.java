package dev.slipway.edge.probe;

import dev.slipway.onnx.AttributeValue;
import dev.slipway.onnx.OnnxGraph;
import dev.slipway.onnx.OnnxNode;
import dev.slipway.onnx.OnnxValue;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which values of a graph are data, that is have elements that depend on those of the model's inputs and not only on
 * constants and shapes, and at which nodes data determines a shape.
 */
final class DataFlow {
    private static final Set<String> RANDOM_OPERATORS = Set.of(
            "Bernoulli", "Multinomial", "RandomNormal", "RandomNormalLike", "RandomUniform", "RandomUniformLike");
    // Their results' elements are the same whatever the elements of the input are.
    private static final Set<String> DATALESS_OPERATORS = Set.of("Shape", "Size", "ConstantOfShape");

    private final Set<String> data;
    private final Set<OnnxNode> sources = new LinkedHashSet<>();

    private DataFlow(Set<String> data) {
        this.data = new HashSet<>(data);
    }

    /** @param data values from outside that are data */
    static DataFlow of(OnnxGraph graph, Set<String> data) {
        DataFlow flow = new DataFlow(data);
        graph.nodes().forEach(flow::follow);
        return flow;
    }

    /** Whether the elements of a value depend on those of the inputs. */
    boolean isData(String value) {
        return data.contains(value);
    }

    /** The nodes whose outputs' shapes are determined by data, in the graph's order. */
    Set<OnnxNode> sources() {
        return sources;
    }

    private void follow(OnnxNode node) {
        if (!NodeReads.bodies(node).isEmpty()) {
            followBodies(node);
            return;
        }
        if (ShapeInputs.of(node).stream()
                .map(node::input)
                .flatMap(Optional::stream)
                .anyMatch(data::contains)) {
            sources.add(node);
        }
        boolean dataless = node.domain().isEmpty() && DATALESS_OPERATORS.contains(node.operator());
        if (RANDOM_OPERATORS.contains(node.operator())
                || (!dataless && node.inputs().stream().anyMatch(data::contains))) {
            data.addAll(node.outputs());
        }
    }

    private void followBodies(OnnxNode node) {
        ControlNodes.check(node);
        switch (node.operator()) {
            case "If" -> followBranches(node);
            case "Loop" -> followLoop(node);
            case "Scan" -> followScan(node);
            default -> {
                sources.add(node);
                data.addAll(node.outputs());
            }
        }
    }

    private void followBranches(OnnxNode node) {
        boolean chosenByData = data.contains(node.inputs().get(0));
        for (OnnxGraph branch : NodeReads.bodies(node)) {
            DataFlow inner = of(branch, data);
            if (chosenByData || !inner.sources.isEmpty()) {
                sources.add(node);
            }
            for (int i = 0; i < node.outputs().size(); i++) {
                if (chosenByData || inner.isData(branch.outputs().get(i).name())) {
                    data.add(node.outputs().get(i));
                }
            }
        }
    }

    /** A body's inputs are iteration number, condition and states; its outputs condition, states and rows. */
    private void followLoop(OnnxNode node) {
        OnnxGraph body = ((AttributeValue.GraphValue) node.attributes().get("body")).value();
        List<OnnxValue> inputs = body.inputs();
        List<OnnxValue> outputs = body.outputs();
        Set<String> outer = new HashSet<>(data);
        for (int i = 1; i < inputs.size(); i++) {
            addIf(
                    outer,
                    inputs.get(i).name(),
                    node.input(i).filter(data::contains).isPresent());
        }
        DataFlow inner = of(body, outer);
        for (boolean settled = false; !settled; inner = of(body, outer)) {
            settled = true;
            for (int i = 1; i < inputs.size(); i++) {
                if (inner.isData(outputs.get(i - 1).name())
                        && outer.add(inputs.get(i).name())) {
                    settled = false;
                }
            }
        }
        boolean endsByData = (inputs.size() > 1 && inner.isData(inputs.get(1).name()))
                || node.input(0).filter(data::contains).isPresent();
        if (endsByData || !inner.sources.isEmpty()) {
            sources.add(node);
        }
        int states = inputs.size() - 2;
        for (int i = 0; i < node.outputs().size(); i++) {
            boolean state = i < states;
            addIf(
                    data,
                    node.outputs().get(i),
                    inner.isData(outputs.get(i + 1).name())
                            || (state
                                    && (endsByData
                                            || inner.isData(inputs.get(i + 2).name()))));
        }
    }

    private void followScan(OnnxNode node) {
        OnnxGraph body = ((AttributeValue.GraphValue) node.attributes().get("body")).value();
        boolean anyData = NodeReads.of(node).stream().anyMatch(data::contains);
        Set<String> outer = new HashSet<>(data);
        if (anyData) {
            body.inputs().forEach(input -> outer.add(input.name()));
        }
        if (!of(body, outer).sources.isEmpty()) {
            sources.add(node);
        }
        if (anyData) {
            data.addAll(node.outputs());
        }
    }

    private static void addIf(Set<String> values, String value, boolean wanted) {
        if (wanted) {
            values.add(value);
        }
    }
}
