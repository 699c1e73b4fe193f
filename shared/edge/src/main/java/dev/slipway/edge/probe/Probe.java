package dev.slipway.edge.probe;

import dev.slipway.onnx.OnnxGraph;
import dev.slipway.onnx.OnnxModel;
import dev.slipway.onnx.OnnxTensor;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * Asks ONNX Runtime for the shapes of every value of a model: once with each open length a different prime, then again
 * with one of them at a time changed. The lengths that change with a symbol depend on it; all others are fixed, unless
 * they depend on the elements of the inputs. So shapes, types and constants come from the runtime that defines the
 * model's meaning, and no shape inference of our own can disagree with it.
 */
public final class Probe {
    private final long seed;
    private final Map<String, OnnxTensor> given;

    public Probe(long seed) {
        this(seed, Map.of());
    }

    /** These inputs are used at the sizes that they fit. */
    public Probe(long seed, Map<String, OnnxTensor> given) {
        this.seed = seed;
        this.given = Map.copyOf(given);
    }

    /**
     * Fails with {@code onnx.unusable} if ONNX Runtime can't load the model, with {@code edge.probe} if it can't run it
     * at enough sizes to tell what depends on what, and with {@code edge.data-rank} if the inputs' elements determine
     * how many axes a value has.
     */
    public ProbedModel probe(OnnxModel whole) {
        return probe(whole, new Symbols(whole));
    }

    /**
     * Probes a body of control flow as a model of its own: its inputs are followed by the values that it takes from
     * outside, except those that are constant, which become initializers.
     *
     * @param whole what the body is part of
     * @param outside what is known of the body's inputs and of what it takes from outside, by name. Open lengths go by
     *     the names of their causes.
     */
    public ProbedModel probeBody(OnnxModel whole, OnnxGraph body, Map<String, ValueFacts> outside) {
        return new BodyModel(whole, body, outside).probed(this);
    }

    private ProbedModel probe(OnnxModel whole, Symbols symbols) {
        OnnxModel live = whole.withGraph(LiveNodes.of(whole.graph()));
        Set<String> inputs = new LinkedHashSet<>();
        live.graph().requiredInputs().forEach(input -> inputs.add(input.name()));
        DataFlow flow = DataFlow.of(live.graph(), inputs);
        Constants constants = Constants.of(live, flow);
        Set<String> wanted = new LinkedHashSet<>();
        flow.sources().forEach(source -> wanted.addAll(source.outputs()));
        wanted.remove("");
        Sizing sizing = new Sizing(constants, flow, wanted);
        return new SizeTrials(constants.model(), symbols, sizing, this::samples).probed(flow, given);
    }

    /** Inputs of these sizes, given ones where they fit. */
    private Map<String, OnnxTensor> samples(
            OnnxModel model, Symbols symbols, Map<String, Integer> sizes, SampleInputs.Integers integers) {
        Map<String, OnnxTensor> inputs = SampleInputs.of(model, symbols, sizes, seed, integers);
        inputs.replaceAll((name, sample) -> {
            OnnxTensor wanted = given.getOrDefault(name, sample);
            return wanted.shape().equals(sample.shape()) && wanted.type() == sample.type() ? wanted : sample;
        });
        return inputs;
    }
}
