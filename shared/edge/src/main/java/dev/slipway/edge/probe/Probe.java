package dev.slipway.edge.probe;

import dev.slipway.kernel.SlipwayException;
import dev.slipway.onnx.OnnxGraph;
import dev.slipway.onnx.OnnxModel;
import dev.slipway.onnx.OnnxNode;
import dev.slipway.onnx.OnnxTensor;
import dev.slipway.onnx.OnnxValue;
import dev.slipway.onnx.OnnxWriter;
import dev.slipway.onnx.ValueType;
import dev.slipway.onnx.run.OnnxSession;
import dev.slipway.onnx.run.SessionSettings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Runs a model in ONNX Runtime with every value exposed: once with each symbol a different prime, then again with one
 * symbol at a time changed to another prime. The lengths that change with a symbol depend on it; all others are fixed.
 * So shapes, types and constants come from the runtime that defines the model's meaning, and no shape inference of our
 * own can disagree with it.
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

    /** Fails with {@code edge.probe} if ONNX Runtime can't load the model, or not run it at every size. */
    public ProbedModel probe(OnnxModel whole) {
        OnnxModel model = whole.withGraph(LiveNodes.of(whole.graph()));
        Symbols symbols = new Symbols(model);
        try (OnnxSession session = OnnxSession.open(exposed(model), SessionSettings.faithful())) {
            Map<String, Integer> sizes = symbols.primes(0);
            Map<String, OnnxTensor> base = run(session, model, symbols, sizes);
            DataFlow flow = DataFlow.of(model.graph(), inputs(model));
            Map<String, Variation> variations = new LinkedHashMap<>();
            for (String symbol : symbols.names()) {
                Map<String, Integer> changed = new LinkedHashMap<>(sizes);
                changed.put(symbol, symbols.primes(1).get(symbol));
                variations.put(symbol, Variation.of(run(session, model, symbols, changed), flow));
            }
            return new ProbedModel(model, facts(model, symbols, flow, base, variations));
        }
    }

    private static Set<String> inputs(OnnxModel model) {
        Set<String> names = new HashSet<>();
        model.graph().requiredInputs().forEach(input -> names.add(input.name()));
        return names;
    }

    private Map<String, OnnxTensor> run(
            OnnxSession session, OnnxModel model, Symbols symbols, Map<String, Integer> sizes) {
        try {
            Map<String, OnnxTensor> inputs = SampleInputs.of(model, symbols, sizes, seed);
            inputs.replaceAll((name, sample) -> {
                OnnxTensor wanted = given.getOrDefault(name, sample);
                return wanted.shape().equals(sample.shape()) ? wanted : sample;
            });
            Map<String, OnnxTensor> values = new HashMap<>(inputs);
            values.putAll(session.evaluate(inputs));
            return values;
        } catch (SlipwayException e) {
            throw SlipwayException.invalid(
                    "edge.probe",
                    "The model does not run with its open lengths set to " + sizes + ": " + e.getMessage()
                            + " If not every size is possible, fix the shapes of the inputs.",
                    e);
        }
    }

    private static byte[] exposed(OnnxModel model) {
        OnnxGraph graph = model.graph();
        Set<String> known = new HashSet<>();
        graph.outputs().forEach(output -> known.add(output.name()));
        List<OnnxValue> outputs = new ArrayList<>(graph.outputs());
        for (OnnxNode node : graph.nodes()) {
            for (String output : node.outputs()) {
                if (!output.isEmpty() && known.add(output)) {
                    outputs.add(OnnxValue.undeclared(output));
                }
            }
        }
        return OnnxWriter.write(model.withGraph(graph.withOutputs(outputs)));
    }

    private static Map<String, ValueFacts> facts(
            OnnxModel model,
            Symbols symbols,
            DataFlow flow,
            Map<String, OnnxTensor> base,
            Map<String, Variation> variations) {
        Map<String, ValueFacts> facts = new HashMap<>();
        model.graph()
                .constants()
                .forEach((name, tensor) ->
                        facts.put(name, new ValueFacts(tensor.type(), fixed(tensor.shape()), Optional.of(tensor))));
        for (OnnxValue input : model.graph().requiredInputs()) {
            if (input.type() instanceof ValueType.Dense dense) {
                facts.put(
                        input.name(), new ValueFacts(dense.element(), symbols.extents(input.name()), Optional.empty()));
            }
        }
        Map<String, List<Set<String>>> dataCauses = DataShapes.of(model, flow, base);
        Set<String> varying = new HashSet<>();
        for (OnnxNode node : model.graph().nodes()) {
            boolean reads = NodeReads.of(node).stream().anyMatch(varying::contains);
            for (String output : node.outputs()) {
                OnnxTensor value = base.get(output);
                if (value != null) {
                    List<Extent> extents = extents(output, value.shape(), variations, dataCauses);
                    boolean constant = !flow.isData(output)
                            && !reads
                            && !dataCauses.containsKey(output)
                            && variations.values().stream().allMatch(variation -> variation.has(output, value));
                    if (dataCauses.containsKey(output)) {
                        varying.add(output);
                    }
                    facts.put(
                            output,
                            new ValueFacts(value.type(), extents, constant ? Optional.of(value) : Optional.empty()));
                }
            }
            if (reads) {
                varying.addAll(node.outputs());
            }
        }
        return facts;
    }

    private static List<Extent> extents(
            String value,
            List<Integer> shape,
            Map<String, Variation> variations,
            Map<String, List<Set<String>>> dataCauses) {
        List<Extent> extents = new ArrayList<>();
        List<Set<String>> causes = dataCauses.getOrDefault(value, DataAxes.none(shape.size()));
        for (int axis = 0; axis < shape.size(); axis++) {
            Set<String> names = new HashSet<>(causes.get(axis));
            for (Map.Entry<String, Variation> variation : variations.entrySet()) {
                List<Integer> other = variation.getValue().shapes().get(value);
                if (other == null || other.size() != shape.size()) {
                    throw SlipwayException.unsupported(
                            "edge.probe", "The rank of value '" + value + "' depends on the size of the inputs.");
                }
                if (!other.get(axis).equals(shape.get(axis))) {
                    names.add(variation.getKey());
                }
            }
            extents.add(names.isEmpty() ? new Extent.Fixed(shape.get(axis)) : new Extent.Open(names));
        }
        return extents;
    }

    private static List<Extent> fixed(List<Integer> shape) {
        return shape.stream().map(length -> (Extent) new Extent.Fixed(length)).toList();
    }
}
