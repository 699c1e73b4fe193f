package dev.slipway.edge.quantise;

import dev.slipway.onnx.ElementType;
import dev.slipway.onnx.OnnxGraph;
import dev.slipway.onnx.OnnxNode;
import dev.slipway.onnx.OnnxTensor;
import dev.slipway.tflite.Quantization;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which nodes of an ONNX graph compute with integers, and the scales of their values. */
final class QdqPlan {
    private final OnnxGraph graph;
    private final IntegerType type;
    private final RangeMethod method;
    private final QdqCalibration calibration;
    private final Map<String, OnnxTensor> constants;
    private final Map<OnnxNode, KernelRule> rules = new LinkedHashMap<>();
    private final Set<String> inNode = new HashSet<>();
    private final Map<String, String> scaledAs = new HashMap<>();
    private final Map<String, Quantization> fixed = new HashMap<>();

    private QdqPlan(OnnxGraph graph, QdqCalibration calibration, RangeMethod method, IntegerType type) {
        this.graph = graph;
        this.calibration = calibration;
        this.method = method;
        this.type = type;
        this.constants = graph.constants();
    }

    /** The values whose ranges a plan wants to know: what nodes that can compute with integers take and make. */
    static Set<String> values(OnnxGraph graph) {
        Map<String, OnnxTensor> constants = graph.constants();
        QdqRules rules = new QdqRules(constants);
        Set<String> values = new LinkedHashSet<>();
        for (OnnxNode node : graph.nodes()) {
            rules.of(node).ifPresent(rule -> {
                rule.activations().forEach(place -> node.input(place).ifPresent(values::add));
                values.addAll(node.outputs());
            });
        }
        values.removeAll(constants.keySet());
        values.remove("");
        return values;
    }

    /** @param left nodes that stay float */
    static QdqPlan of(
            OnnxGraph graph, QdqCalibration calibration, RangeMethod method, IntegerType type, Set<OnnxNode> left) {
        QdqPlan plan = new QdqPlan(graph, calibration, method, type);
        plan.choose(left);
        return plan;
    }

    private void choose(Set<OnnxNode> left) {
        QdqRules known = new QdqRules(constants);
        Map<String, OnnxNode> makers = new HashMap<>();
        Map<String, Integer> uses = new HashMap<>();
        for (OnnxNode node : graph.nodes()) {
            node.outputs().forEach(output -> makers.put(output, node));
            node.reads().forEach(value -> uses.merge(value, 1, Integer::sum));
        }
        graph.outputs().forEach(output -> uses.merge(output.name(), 1, Integer::sum));
        for (OnnxNode node : graph.nodes()) {
            Optional<KernelRule> rule = left.contains(node) ? Optional.empty() : known.of(node);
            Optional<OnnxNode> maker = node.input(0).map(makers::get).filter(rules::containsKey);
            if (rule.isPresent() && isKnown(node, rule.get()) && (maker.isPresent() || !QdqRules.isMovement(node))) {
                rules.put(node, rule.get());
                String input = node.inputs().get(0);
                if (uses.getOrDefault(input, 0) == 1
                        && maker.filter(from -> QdqRules.isLimitOf(node, from)).isPresent()) {
                    inNode.add(input);
                }
                node.outputs().forEach(output -> {
                    if (rule.get().sameScale()) {
                        scaledAs.put(output, scaledAs.getOrDefault(input, input));
                    }
                    rule.get()
                            .fixed()
                            .filter(scale -> type == IntegerType.INT8)
                            .ifPresent(scale -> fixed.put(output, scale));
                });
            }
        }
    }

    /** Whether all that the node takes and makes has a range, and something of it is computed. */
    private boolean isKnown(OnnxNode node, KernelRule rule) {
        boolean computed = false;
        for (int place : rule.activations()) {
            String input = node.input(place).orElse("");
            OnnxTensor constant = constants.get(input);
            boolean known = constant == null
                    ? calibration.knows(input)
                    : constant.type() == ElementType.FLOAT32 && constant.size() > 0;
            if (!known) {
                return false;
            }
            computed |= constant == null;
        }
        return computed
                && node.outputs().stream().filter(output -> !output.isEmpty()).allMatch(calibration::knows);
    }

    /** The nodes that compute with integers, in order. */
    Map<OnnxNode, KernelRule> rules() {
        return rules;
    }

    Optional<KernelRule> rule(OnnxNode node) {
        return Optional.ofNullable(rules.get(node));
    }

    /** Whether the value is rounded only by the limit behind the node that makes it. */
    boolean isWithinNode(String value) {
        return inNode.contains(value);
    }

    IntegerType type() {
        return type;
    }

    /** The scale of a value that an integer node takes or makes. */
    Quantization scale(String value) {
        String root = scaledAs.getOrDefault(value, value);
        return fixed.containsKey(root)
                ? fixed.get(root)
                : type.covering(calibration.range(root, method, type.levels()), 0);
    }
}
