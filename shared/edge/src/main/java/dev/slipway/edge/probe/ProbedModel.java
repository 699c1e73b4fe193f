package dev.slipway.edge.probe;

import dev.slipway.onnx.OnnxModel;
import java.util.Map;
import java.util.Optional;

/**
 * A model and what its runs told about its values.
 *
 * @param model without nodes that no output needs
 */
public record ProbedModel(OnnxModel model, Map<String, ValueFacts> facts) {
    public ProbedModel {
        facts = Map.copyOf(facts);
    }

    /** Nothing is known of values that are no dense tensors. */
    public Optional<ValueFacts> of(String value) {
        return Optional.ofNullable(facts.get(value));
    }
}
