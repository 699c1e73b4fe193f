package dev.slipway.edge.lower;

import dev.slipway.edge.probe.ProbedModel;
import dev.slipway.edge.probe.ValueFacts;
import dev.slipway.onnx.OnnxGraph;
import dev.slipway.onnx.OnnxModel;
import java.util.Map;

/** Finds out about the values of bodies of control flow. */
@FunctionalInterface
public interface BodyProbe {

    /**
     * The body as a model of its own, ready to be lowered; what it takes from outside is among its inputs or, where it is
     * constant, its initializers.
     *
     * @param whole what the body is part of
     * @param outside what is known of the body's inputs and of what it takes from outside, by name
     */
    ProbedModel probe(OnnxModel whole, OnnxGraph body, Map<String, ValueFacts> outside);
}
