package dev.slipway.onnx;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * A graph in single-assignment form: nodes in an order in which every value is made before it is used.
 *
 * @param values declarations of values in between, which nothing depends on
 */
public record OnnxGraph(
        String name,
        List<OnnxNode> nodes,
        List<OnnxTensor> initializers,
        List<OnnxValue> inputs,
        List<OnnxValue> outputs,
        List<OnnxValue> values) {

    public OnnxGraph {
        nodes = List.copyOf(nodes);
        initializers = List.copyOf(initializers);
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
        values = List.copyOf(values);
    }

    /** The constants by their names. */
    public Map<String, OnnxTensor> constants() {
        Map<String, OnnxTensor> constants = new LinkedHashMap<>();
        initializers.forEach(tensor -> constants.put(tensor.name(), tensor));
        return constants;
    }

    /** The inputs that a caller must give: up to IR 3 initializers are listed among the inputs too. */
    public List<OnnxValue> requiredInputs() {
        Map<String, OnnxTensor> constants = constants();
        return inputs.stream()
                .filter(input -> !constants.containsKey(input.name()))
                .toList();
    }

    /**
     * The values that this graph uses but does not make, at any depth: those that a body takes from the graphs around it.
     * Empty for a model's own graph.
     */
    public Set<String> captures() {
        Set<String> made = new HashSet<>();
        inputs.forEach(input -> made.add(input.name()));
        initializers.forEach(tensor -> made.add(tensor.name()));
        Set<String> captures = new LinkedHashSet<>();
        for (OnnxNode node : nodes) {
            node.reads().stream().filter(value -> !made.contains(value)).forEach(captures::add);
            made.addAll(node.outputs());
        }
        outputs.stream()
                .map(OnnxValue::name)
                .filter(value -> !made.contains(value))
                .forEach(captures::add);
        return captures;
    }

    /**
     * The graph with those constants as initializers that Constant nodes make and that are asked for; the graph itself
     * if there are none. Bodies keep theirs.
     */
    public OnnxGraph withHoistedConstants(Predicate<OnnxTensor> which) {
        return Constants.hoisted(this, which);
    }

    public OnnxGraph withNodes(List<OnnxNode> other) {
        return new OnnxGraph(name, other, initializers, inputs, outputs, values);
    }

    public OnnxGraph withInitializers(List<OnnxTensor> other) {
        return new OnnxGraph(name, nodes, other, inputs, outputs, values);
    }

    public OnnxGraph withInputs(List<OnnxValue> other) {
        return new OnnxGraph(name, nodes, initializers, other, outputs, values);
    }

    public OnnxGraph withOutputs(List<OnnxValue> other) {
        return new OnnxGraph(name, nodes, initializers, inputs, other, values);
    }
}
