package dev.slipway.edge.lower;

import dev.slipway.edge.graph.EdgeGraph;
import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.probe.ProbedModel;
import dev.slipway.edge.probe.ValueFacts;
import dev.slipway.kernel.ErrorKind;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.onnx.ElementType;
import dev.slipway.onnx.OnnxNode;
import dev.slipway.onnx.OnnxValue;
import dev.slipway.tflite.TensorType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

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
        LoweringContext context = new LoweringContext(probed);
        List<String> refusals = new ArrayList<>();
        List<EdgeValue> inputs = new ArrayList<>();
        for (OnnxValue input : probed.model().graph().requiredInputs()) {
            ValueFacts facts = probed.of(input.name()).orElseThrow();
            if (facts.type() != ElementType.FLOAT32) {
                refusals.add("input '" + input.name() + "' is " + facts.type()
                        + ", but only FLOAT32 is supported [edge.type]");
            }
            EdgeValue value = EdgeValue.computed(input.name(), TensorType.FLOAT32, facts.shape());
            context.defineInput(value);
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
        return new EdgeGraph(context.operations().operations(), inputs, outputs(probed, context));
    }

    private Attempt attempt(OnnxNode node, ProbedModel probed, LoweringContext context) {
        long opset = probed.model().opsets().getOrDefault(node.domain(), 0L);
        try {
            registry.find(node, opset).lower(node, context);
            return new Attempt(node, context.takeRead(), Optional.empty());
        } catch (SlipwayException e) {
            if (e.kind() != ErrorKind.UNSUPPORTED) {
                throw e;
            }
            context.takeRead();
            String operator = node.domain().isEmpty() ? node.operator() : node.domain() + "." + node.operator();
            return new Attempt(
                    node,
                    floats(node, probed),
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

    private static Set<String> floats(OnnxNode node, ProbedModel probed) {
        Set<String> floats = new HashSet<>();
        for (String input : node.inputs()) {
            if (probed.of(input)
                    .filter(facts -> facts.type() == ElementType.FLOAT32)
                    .isPresent()) {
                floats.add(input);
            }
        }
        return floats;
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
            EdgeValue value = context.defined(name)
                    .or(() -> probed.of(name)
                            .flatMap(ValueFacts::constant)
                            .map(tensor -> EdgeValue.floats(name, tensor.shape(), tensor.floats())))
                    .orElseThrow(() -> SlipwayException.unsupported(
                            "edge.output",
                            "Output '" + name + "' is no dense float32 tensor, which can't be converted."));
            outputs.put(name, value);
        }
        return outputs;
    }
}
