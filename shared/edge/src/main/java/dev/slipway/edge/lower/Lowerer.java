package dev.slipway.edge.lower;

import dev.slipway.edge.graph.EdgeGraph;
import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.probe.ProbedModel;
import dev.slipway.edge.probe.ValueFacts;
import dev.slipway.kernel.ErrorKind;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.onnx.OnnxNode;
import dev.slipway.onnx.OnnxValue;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Lowers a whole model, or says of every node in the way why it can't be. */
public final class Lowerer {
    /** What came of a node: which values it needs, and why it can't be lowered, if it can't. */
    private record Attempt(OnnxNode node, Set<String> needs, Optional<String> refusal) {}

    private final LoweringRegistry registry;

    public Lowerer(LoweringRegistry registry) {
        this.registry = registry;
    }

    /** Fails with {@code edge.unsupported-operator}, naming all nodes that can't be lowered. */
    public EdgeGraph lower(ProbedModel probed) {
        LoweringContext context = new LoweringContext(probed, registry);
        List<String> refusals = new ArrayList<>();
        List<EdgeValue> inputs = new ArrayList<>();
        for (OnnxValue input : probed.model().graph().requiredInputs()) {
            ValueFacts facts = probed.of(input.name()).orElseThrow();
            EdgeValue value = EdgeValue.computed(input.name(), ElementTypes.own(facts.type()), facts.shape())
                    .named(input.name());
            context.defineInput(value, ElementTypes.held(facts.type()));
            inputs.add(value);
        }
        List<Attempt> attempts = new ArrayList<>();
        for (OnnxNode node : probed.model().graph().nodes()) {
            if (!isFolded(node, probed)) {
                attempts.add(attempt(node, probed, context));
            }
        }
        refusals.addAll(refusals(attempts, probed));
        if (!refusals.isEmpty()) {
            throw SlipwayException.unsupported(
                    "edge.unsupported-operator",
                    refusals.size() + " part(s) of the model can't be converted: " + String.join("; ", refusals) + ".");
        }
        Map<String, EdgeValue> outputs = outputs(probed, context);
        return OnnxNames.give(new EdgeGraph(context.operations(), inputs, outputs), context.values());
    }

    private Attempt attempt(OnnxNode node, ProbedModel probed, LoweringContext context) {
        long opset = probed.model().opsets().getOrDefault(node.domain(), 0L);
        try {
            registry.find(node, opset).lowering().lower(node, context);
            return new Attempt(node, context.takeRead(), Optional.empty());
        } catch (SlipwayException e) {
            if (e.kind() != ErrorKind.UNSUPPORTED) {
                throw e;
            }
            context.takeRead();
            String operator = node.domain().isEmpty() ? node.operator() : node.domain() + "." + node.operator();
            return new Attempt(
                    node,
                    inputs(node, probed),
                    Optional.of("node '" + node.label() + "' (" + operator + ", opset " + opset + "): " + e.getMessage()
                            + " [" + e.code() + "]"));
        }
    }

    /** Those of nodes that the outputs need as values: a shape that only a Reshape reads is known from the probe. */
    private static List<String> refusals(List<Attempt> attempts, ProbedModel probed) {
        Set<String> needed = new HashSet<>();
        probed.model().graph().outputs().forEach(output -> needed.add(output.name()));
        List<String> refusals = new ArrayList<>();
        for (int i = attempts.size() - 1; i >= 0; i--) {
            Attempt attempt = attempts.get(i);
            if (attempt.node().outputs().stream().anyMatch(needed::contains)) {
                needed.addAll(attempt.needs());
                attempt.refusal().ifPresent(refusal -> refusals.add(0, refusal));
            }
        }
        return refusals;
    }

    private static Set<String> inputs(OnnxNode node, ProbedModel probed) {
        return node.inputs().stream()
                .filter(input -> probed.of(input).isPresent())
                .collect(Collectors.toSet());
    }

    /** Whether the node's results are constants, which whoever uses them takes from the probe. */
    private static boolean isFolded(OnnxNode node, ProbedModel probed) {
        return node.outputs().stream().filter(output -> !output.isEmpty()).allMatch(output -> probed.of(output)
                .flatMap(ValueFacts::constant)
                .isPresent());
    }

    private static Map<String, EdgeValue> outputs(ProbedModel probed, LoweringContext context) {
        Map<String, EdgeValue> outputs = new LinkedHashMap<>();
        for (OnnxValue output : probed.model().graph().outputs()) {
            String name = output.name();
            ValueFacts facts = probed.of(name)
                    .orElseThrow(() -> SlipwayException.unsupported(
                            "edge.output", "Output '" + name + "' is no dense tensor, which can't be converted."));
            EdgeValue held = facts.constant().map(ElementTypes::constant).orElseGet(() -> context.values()
                    .get(name));
            outputs.put(name, context.cast(name, held, ElementTypes.own(facts.type())));
        }
        return outputs;
    }
}
