package dev.slipway.edge.lower;

import dev.slipway.edge.probe.ProbedModel;
import dev.slipway.edge.probe.ValueFacts;
import dev.slipway.kernel.ErrorKind;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.onnx.OnnxNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Lowers the nodes of a graph one by one and collects why those that are needed can't be. */
final class NodeLowerings {
    /** What came of a node: which values it needs, and why it can't be lowered, if it can't. */
    private record Attempt(OnnxNode node, Set<String> needs, Optional<String> refusal) {}

    private final ProbedModel probed;
    private final LoweringRegistry registry;
    private final LoweringContext context;

    NodeLowerings(ProbedModel probed, LoweringRegistry registry, LoweringContext context) {
        this.probed = probed;
        this.registry = registry;
        this.context = context;
    }

    /** The reasons, none if all went well. */
    List<String> lower() {
        List<Attempt> attempts = new ArrayList<>();
        for (OnnxNode node : probed.model().graph().nodes()) {
            if (!isFolded(node)) {
                attempts.add(attempt(node));
            }
        }
        return refusals(attempts);
    }

    private Attempt attempt(OnnxNode node) {
        try {
            registry.find(node, opset(node)).lowering().lower(node, context);
            return new Attempt(node, context.takeRead(), Optional.empty());
        } catch (SlipwayException e) {
            if (e.kind() != ErrorKind.UNSUPPORTED) {
                throw e;
            }
            return refused(node, e.getMessage() + " [" + e.code() + "]");
        } catch (IndexOutOfBoundsException
                | ArithmeticException
                | IllegalArgumentException
                | NegativeArraySizeException
                | NoSuchElementException e) {
            // ONNX Runtime does not look at nodes that a run does not reach, so they may be anything.
            return refused(
                    node,
                    "it is used in a way that its conversion does not foresee, with inputs of the shapes "
                            + shapes(node) + " (" + e + ") [edge.unforeseen]");
        }
    }

    private Attempt refused(OnnxNode node, String why) {
        context.takeRead();
        String operator = node.domain().isEmpty() ? node.operator() : node.domain() + "." + node.operator();
        String refusal = "node '" + node.label() + "' (" + operator + ", opset " + opset(node) + "): " + why;
        return new Attempt(node, inputs(node), Optional.of(refusal));
    }

    private long opset(OnnxNode node) {
        return probed.model().opsets().getOrDefault(node.domain(), 0L);
    }

    private List<String> shapes(OnnxNode node) {
        return node.inputs().stream()
                .map(input ->
                        probed.of(input).map(facts -> facts.shape().toString()).orElse("none"))
                .toList();
    }

    /** Those of nodes that the outputs need as values: a shape that only a Reshape reads is known from the probe. */
    private List<String> refusals(List<Attempt> attempts) {
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

    private Set<String> inputs(OnnxNode node) {
        return node.reads().stream()
                .filter(input -> probed.of(input).isPresent())
                .collect(Collectors.toSet());
    }

    /** Whether the node's results are constants, which whoever uses them takes from the probe. */
    private boolean isFolded(OnnxNode node) {
        return node.outputs().stream().filter(output -> !output.isEmpty()).allMatch(output -> probed.of(output)
                .flatMap(ValueFacts::constant)
                .isPresent());
    }
}
