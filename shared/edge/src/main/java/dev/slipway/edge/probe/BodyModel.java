package dev.slipway.edge.probe;

import dev.slipway.kernel.SlipwayException;
import dev.slipway.onnx.Dimension;
import dev.slipway.onnx.OnnxGraph;
import dev.slipway.onnx.OnnxModel;
import dev.slipway.onnx.OnnxTensor;
import dev.slipway.onnx.OnnxValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** A body of control flow as a model of its own. */
final class BodyModel {
    private final Map<String, Set<String>> causes = new HashMap<>();
    private final Map<String, ValueFacts> outside;
    private final OnnxModel model;

    BodyModel(OnnxModel whole, OnnxGraph body, Map<String, ValueFacts> outside) {
        this.outside = outside;
        List<OnnxValue> inputs = new ArrayList<>();
        Map<String, OnnxTensor> constants = new LinkedHashMap<>();
        body.inputs().forEach(input -> inputs.add(declared(input.name())));
        for (String value : NodeReads.captures(body)) {
            facts(value)
                    .constant()
                    .ifPresentOrElse(
                            tensor -> constants.put(value, tensor.withName(value)), () -> inputs.add(declared(value)));
        }
        body.initializers().forEach(tensor -> constants.put(tensor.name(), tensor));
        this.model = whole.withGraph(new OnnxGraph(
                body.name(), body.nodes(), List.copyOf(constants.values()), inputs, body.outputs(), List.of()));
    }

    ProbedModel probed(Probe probe) {
        ProbedModel found = probe.probe(model);
        Map<String, ValueFacts> facts = new HashMap<>();
        found.facts()
                .forEach((name, value) -> facts.put(
                        name,
                        new ValueFacts(
                                value.type(),
                                value.extents().stream().map(this::known).toList(),
                                value.constant())));
        return new ProbedModel(found.model(), facts);
    }

    /** Lengths of the same causes are taken for equal, which they must be for most bodies to run. */
    private OnnxValue declared(String value) {
        ValueFacts facts = facts(value);
        List<Dimension> shape = new ArrayList<>();
        for (Extent extent : facts.extents()) {
            if (extent instanceof Extent.Open open) {
                String symbol = String.join(", ", new TreeSet<>(open.symbols()));
                causes.put(symbol, open.symbols());
                shape.add(Dimension.symbolic(symbol));
            } else {
                shape.add(Dimension.fixed(extent.length()));
            }
        }
        return OnnxValue.dense(value, facts.type(), shape.toArray(Dimension[]::new));
    }

    private ValueFacts facts(String value) {
        ValueFacts facts = outside.get(value);
        if (facts == null) {
            throw SlipwayException.unsupported(
                    "edge.no-tensor", "a body of control flow takes '" + value + "', which is no dense tensor");
        }
        return facts;
    }

    private Extent known(Extent extent) {
        if (extent instanceof Extent.Open open) {
            Set<String> names = new TreeSet<>();
            open.symbols().forEach(symbol -> names.addAll(causes.getOrDefault(symbol, Set.of(symbol))));
            return new Extent.Open(names);
        }
        return extent;
    }
}
