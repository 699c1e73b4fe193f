package dev.slipway.onnx.upgrade;

import dev.slipway.onnx.AttributeValue;
import dev.slipway.onnx.ElementType;
import dev.slipway.onnx.OnnxGraph;
import dev.slipway.onnx.OnnxNode;
import dev.slipway.onnx.OnnxTensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Rewrites the nodes of a graph and of the bodies in it. */
final class GraphUpgrade {
    private final List<? extends NodeRule> rules;
    private final OnnxGraph graph;
    private final Map<String, OnnxTensor> constants = new HashMap<>();
    private final Map<String, Integer> ranks = new HashMap<>();
    private final Map<String, List<Long>> shapes = new HashMap<>();
    private final Map<String, ElementType> types = new HashMap<>();
    private final Set<String> taken = new HashSet<>();
    private final UpgradeContext context = new UpgradeContext(constants, ranks, shapes, types, taken);
    private boolean changed;

    GraphUpgrade(List<? extends NodeRule> rules, OnnxGraph graph) {
        this.rules = rules;
        this.graph = graph;
        takeNames(graph);
    }

    /** Nothing if no rule touches the graph. */
    Optional<OnnxGraph> upgraded() {
        OnnxGraph upgraded = upgraded(graph);
        return changed ? Optional.of(upgraded) : Optional.empty();
    }

    private OnnxGraph upgraded(OnnxGraph part) {
        part.initializers().forEach(this::know);
        Ranks.declared(part, ranks);
        DeclaredShapes.add(part, shapes);
        ElementTypes.declared(part, types);
        List<OnnxNode> nodes = new ArrayList<>();
        for (OnnxNode node : part.nodes()) {
            List<OnnxNode> rewritten = rewrite(withUpgradedBodies(node));
            nodes.addAll(rewritten);
            node.outputs().stream().findFirst().ifPresent(output -> Ranks.of(node, ranks)
                    .ifPresent(rank -> ranks.putIfAbsent(output, rank)));
            rewritten.forEach(this::learnType);
            if (node.operator().equals("Constant")) {
                node.tensor("value")
                        .or(() -> node.integer("value_int").map(number -> OnnxTensor.int64("", List.of(), number)))
                        .ifPresent(value -> know(value.withName(node.outputs().get(0))));
            }
        }
        return part.withNodes(nodes);
    }

    private List<OnnxNode> rewrite(OnnxNode node) {
        List<OnnxNode> nodes = List.of(node);
        for (NodeRule rule : rules) {
            if (rule.knows(node.domain()) && rule.concerns(node.operator())) {
                nodes = nodes.stream()
                        .flatMap(part -> part.operator().equals(node.operator())
                                ? rule.rewrite(part, context).stream()
                                : Stream.of(part))
                        .toList();
            }
        }
        changed |= !nodes.equals(List.of(node));
        return nodes;
    }

    private void learnType(OnnxNode node) {
        if (node.outputs().isEmpty()) {
            return;
        }
        Optional<ElementType> type =
                node.operator().equals("Cast") && node.attributes().get("to") instanceof AttributeValue.IntegerValue to
                        ? Optional.of(ElementType.ofCode(to.value()))
                        : ElementTypes.of(node, types);
        type.ifPresent(known -> types.putIfAbsent(node.outputs().get(0), known));
    }

    private OnnxNode withUpgradedBodies(OnnxNode node) {
        if (node.bodies().isEmpty()) {
            return node;
        }
        Map<String, AttributeValue> attributes = new HashMap<>(node.attributes());
        attributes.replaceAll((name, value) -> value instanceof AttributeValue.GraphValue body
                ? new AttributeValue.GraphValue(upgraded(body.value()))
                : value);
        return node.withAttributes(attributes);
    }

    private void know(OnnxTensor constant) {
        constants.put(constant.name(), constant);
        ranks.put(constant.name(), constant.shape().size());
        shapes.put(
                constant.name(),
                constant.shape().stream().map(Integer::longValue).toList());
        types.put(constant.name(), constant.type());
    }

    private void takeNames(OnnxGraph part) {
        part.inputs().forEach(input -> taken.add(input.name()));
        part.initializers().forEach(tensor -> taken.add(tensor.name()));
        for (OnnxNode node : part.nodes()) {
            taken.addAll(node.outputs());
            node.bodies().forEach(this::takeNames);
        }
    }
}
