package dev.slipway.edge.fuzz;

import dev.slipway.onnx.AttributeValue;
import dev.slipway.onnx.Dimension;
import dev.slipway.onnx.ElementType;
import dev.slipway.onnx.OnnxGraph;
import dev.slipway.onnx.OnnxModel;
import dev.slipway.onnx.OnnxNode;
import dev.slipway.onnx.OnnxTensor;
import dev.slipway.onnx.OnnxValue;
import dev.slipway.onnx.ValueType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Changes one thing in a graph or in a body within it. */
final class GraphDamage {
    private final AttributeDamage attributes;
    private final List<OnnxNode> known;

    GraphDamage(List<OnnxModel> seeds) {
        this.attributes = new AttributeDamage(seeds);
        this.known =
                seeds.stream().flatMap(model -> model.graph().nodes().stream()).toList();
    }

    OnnxGraph apply(OnnxGraph graph, Chance chance) {
        return switch (chance.below(20)) {
            case 0, 1, 2, 3, 4, 5 ->
                graph.withNodes(chance.changed(
                        graph.nodes(), node -> attributes.apply(node, chance, value -> inBody(value, chance))));
            case 6, 7 -> graph.withNodes(chance.changed(graph.nodes(), node -> wired(node, graph, chance)));
            case 8, 9, 10 ->
                graph.withInitializers(
                        chance.changed(graph.initializers(), tensor -> TensorDamage.apply(tensor, chance)));
            case 11, 12, 13 ->
                graph.withInputs(chance.changed(graph.inputs(), input -> ValueDamage.apply(input, chance)));
            case 14 -> graph.withOutputs(outputs(graph, chance));
            case 15 -> frozen(graph, chance);
            case 16 -> thawed(graph, chance);
            case 17 -> graph.withNodes(chance.changed(graph.nodes(), node -> renamed(node, chance)));
            case 18 -> longer(graph, chance);
            default -> chance.one(2) ? branching(graph, chance) : odd(graph, chance);
        };
    }

    private AttributeValue inBody(AttributeValue value, Chance chance) {
        return value instanceof AttributeValue.GraphValue body
                ? new AttributeValue.GraphValue(apply(body.value(), chance))
                : value;
    }

    /** A node with other inputs or outputs, itself perhaps among its causes. */
    private static OnnxNode wired(OnnxNode node, OnnxGraph graph, Chance chance) {
        List<String> names = new ArrayList<>(List.of(""));
        graph.inputs().forEach(input -> names.add(input.name()));
        graph.initializers().forEach(tensor -> names.add(tensor.name()));
        graph.nodes().forEach(other -> names.addAll(other.outputs()));
        if (chance.one(6)) {
            return node.withOutputs(chance.rearranged(node.outputs(), chance.of(names)));
        }
        return node.withInputs(
                chance.one(2)
                        ? chance.rearranged(node.inputs(), chance.of(names))
                        : chance.changed(node.inputs(), old -> chance.of(names)));
    }

    private OnnxNode renamed(OnnxNode node, Chance chance) {
        OnnxNode other = chance.of(known);
        return switch (chance.below(4)) {
            case 0 ->
                new OnnxNode(
                        node.name(), "org.acme", node.operator(), node.inputs(), node.outputs(), node.attributes());
            case 1 ->
                new OnnxNode(
                        chance.name(), node.domain(), chance.name(), node.inputs(), node.outputs(), node.attributes());
            default ->
                new OnnxNode(
                        node.name(),
                        other.domain(),
                        other.operator(),
                        node.inputs(),
                        node.outputs(),
                        chance.one(2) ? node.attributes() : other.attributes());
        };
    }

    private static List<OnnxValue> outputs(OnnxGraph graph, Chance chance) {
        List<String> made =
                graph.nodes().stream().flatMap(node -> node.outputs().stream()).toList();
        if (made.isEmpty() || chance.one(3)) {
            return chance.changed(graph.outputs(), output -> ValueDamage.apply(output, chance));
        }
        return chance.rearranged(graph.outputs(), OnnxValue.undeclared(chance.of(made)));
    }

    /** An input becomes a constant, as weights are. */
    private static OnnxGraph frozen(OnnxGraph graph, Chance chance) {
        if (graph.inputs().isEmpty()) {
            return graph;
        }
        OnnxValue input = chance.of(graph.inputs());
        if (!(input.type() instanceof ValueType.Dense dense)
                || dense.element() == ElementType.STRING
                || dense.element().bits() < Byte.SIZE) {
            return graph;
        }
        List<Integer> shape = dense.shape().orElse(List.of()).stream()
                .map(length ->
                        length instanceof Dimension.Fixed fixed ? (int) Math.min(Math.abs(fixed.length()), 1 << 20) : 2)
                .toList();
        List<OnnxTensor> more = new ArrayList<>(graph.initializers());
        more.add(TensorDamage.of(input.name(), dense.element(), shape, chance));
        List<OnnxValue> fewer = new ArrayList<>(graph.inputs());
        fewer.remove(input);
        return graph.withInitializers(more).withInputs(fewer);
    }

    /** A constant becomes an input. */
    private static OnnxGraph thawed(OnnxGraph graph, Chance chance) {
        if (graph.initializers().isEmpty()) {
            return graph;
        }
        OnnxTensor tensor = chance.of(graph.initializers());
        Dimension[] shape = tensor.shape().stream().map(Dimension::fixed).toArray(Dimension[]::new);
        List<OnnxTensor> fewer = new ArrayList<>(graph.initializers());
        if (!chance.one(4)) {
            fewer.remove(tensor);
        }
        List<OnnxValue> more = new ArrayList<>(graph.inputs());
        more.add(OnnxValue.dense(tensor.name(), tensor.type(), shape));
        return graph.withInitializers(fewer).withInputs(more);
    }

    /** A node more, behind one that is there. */
    private OnnxGraph longer(OnnxGraph graph, Chance chance) {
        OnnxNode other = chance.of(known);
        List<String> names = new ArrayList<>();
        graph.inputs().forEach(input -> names.add(input.name()));
        graph.initializers().forEach(tensor -> names.add(tensor.name()));
        graph.nodes().forEach(node -> names.addAll(node.outputs()));
        names.remove("");
        if (names.isEmpty()) {
            return graph;
        }
        List<String> inputs = other.inputs().stream()
                .map(input -> input.isEmpty() ? input : chance.of(names))
                .toList();
        String made = "more" + graph.nodes().size();
        List<OnnxNode> nodes = new ArrayList<>(graph.nodes());
        nodes.add(new OnnxNode(made, other.domain(), other.operator(), inputs, List.of(made), other.attributes()));
        List<OnnxValue> outputs = new ArrayList<>(graph.outputs());
        outputs.add(OnnxValue.undeclared(made));
        return graph.withNodes(nodes).withOutputs(outputs);
    }

    /** All of it in the branches of a condition that is known or given. */
    private static OnnxGraph branching(OnnxGraph graph, Chance chance) {
        if (graph.outputs().isEmpty()) {
            return graph;
        }
        OnnxGraph body = new OnnxGraph(
                "branch", graph.nodes(), graph.initializers(), List.of(), graph.outputs(), graph.values());
        List<OnnxTensor> constants = new ArrayList<>();
        List<OnnxValue> inputs = new ArrayList<>(graph.inputs());
        if (chance.one(2)) {
            constants.add(TensorDamage.of("condition", ElementType.BOOL, List.of(), chance));
        } else {
            inputs.add(OnnxValue.dense("condition", ElementType.BOOL));
        }
        AttributeValue branch = new AttributeValue.GraphValue(body);
        List<String> made =
                graph.outputs().stream().map(output -> "chosen" + output.name()).toList();
        OnnxNode node = new OnnxNode(
                "if", "", "If", List.of("condition"), made, Map.of("then_branch", branch, "else_branch", branch));
        return new OnnxGraph(
                graph.name(),
                List.of(node),
                constants,
                inputs,
                made.stream().map(OnnxValue::undeclared).toList(),
                List.of());
    }

    private static OnnxGraph odd(OnnxGraph graph, Chance chance) {
        return switch (chance.below(4)) {
            case 0 -> graph.withNodes(List.of());
            case 1 -> graph.withOutputs(List.of());
            case 2 -> graph.withInputs(List.of());
            default ->
                graph.withNodes(chance.rearranged(
                        graph.nodes(),
                        chance.of(
                                graph.nodes().isEmpty()
                                        ? List.of(new OnnxNode("n", "", "Relu", List.of("x"), List.of("y"), Map.of()))
                                        : graph.nodes())));
        };
    }
}
