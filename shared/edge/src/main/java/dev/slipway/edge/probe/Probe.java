package dev.slipway.edge.probe;

import dev.slipway.kernel.SlipwayException;
import dev.slipway.onnx.AttributeValue;
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
    private static final Set<String> RANDOM_OPERATORS = Set.of(
            "Bernoulli", "Multinomial", "RandomNormal", "RandomNormalLike", "RandomUniform", "RandomUniformLike");
    private static final Set<String> SHAPE_OPERATORS = Set.of("Shape", "Size");

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
            Map<String, Map<String, List<Integer>>> variations = new LinkedHashMap<>();
            for (String symbol : symbols.names()) {
                Map<String, Integer> changed = new LinkedHashMap<>(sizes);
                changed.put(symbol, symbols.primes(1).get(symbol));
                variations.put(symbol, shapes(run(session, model, symbols, changed)));
            }
            return new ProbedModel(model, facts(model, symbols, base, variations));
        }
    }

    private Map<String, OnnxTensor> run(
            OnnxSession session, OnnxModel model, Symbols symbols, Map<String, Integer> sizes) {
        try {
            Map<String, OnnxTensor> inputs = SampleInputs.of(model, symbols, sizes, seed);
            inputs.replaceAll((name, sample) -> {
                OnnxTensor wanted = given.getOrDefault(name, sample);
                return wanted.shape().equals(sample.shape()) ? wanted : sample;
            });
            return session.evaluate(inputs);
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
            Map<String, OnnxTensor> base,
            Map<String, Map<String, List<Integer>>> variations) {
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
        for (OnnxNode node : model.graph().nodes()) {
            boolean constant = isConstant(node, facts);
            for (String output : node.outputs()) {
                OnnxTensor value = base.get(output);
                if (value != null) {
                    List<Extent> extents = extents(output, value.shape(), variations);
                    facts.put(
                            output,
                            new ValueFacts(value.type(), extents, constant ? Optional.of(value) : Optional.empty()));
                }
            }
        }
        return facts;
    }

    private static boolean isConstant(OnnxNode node, Map<String, ValueFacts> facts) {
        if (RANDOM_OPERATORS.contains(node.operator())
                || node.attributes().values().stream().anyMatch(AttributeValue.GraphValue.class::isInstance)) {
            return false;
        }
        boolean shapeOnly = node.domain().isEmpty() && SHAPE_OPERATORS.contains(node.operator());
        return node.inputs().stream().filter(input -> !input.isEmpty()).allMatch(input -> {
            ValueFacts known = facts.get(input);
            return known != null
                    && (known.constant().isPresent()
                            || (shapeOnly && known.extents().stream().allMatch(Extent.Fixed.class::isInstance)));
        });
    }

    private static List<Extent> extents(
            String value, List<Integer> shape, Map<String, Map<String, List<Integer>>> variations) {
        List<Extent> extents = new ArrayList<>();
        for (int axis = 0; axis < shape.size(); axis++) {
            Set<String> causes = new HashSet<>();
            for (Map.Entry<String, Map<String, List<Integer>>> variation : variations.entrySet()) {
                List<Integer> other = variation.getValue().get(value);
                if (other == null || other.size() != shape.size()) {
                    throw SlipwayException.unsupported(
                            "edge.probe", "The rank of value '" + value + "' depends on the size of the inputs.");
                }
                if (!other.get(axis).equals(shape.get(axis))) {
                    causes.add(variation.getKey());
                }
            }
            extents.add(causes.isEmpty() ? new Extent.Fixed(shape.get(axis)) : new Extent.Open(causes));
        }
        return extents;
    }

    private static Map<String, List<Integer>> shapes(Map<String, OnnxTensor> tensors) {
        Map<String, List<Integer>> shapes = new HashMap<>();
        tensors.forEach((name, tensor) -> shapes.put(name, tensor.shape()));
        return shapes;
    }

    private static List<Extent> fixed(List<Integer> shape) {
        return shape.stream().map(length -> (Extent) new Extent.Fixed(length)).toList();
    }
}
