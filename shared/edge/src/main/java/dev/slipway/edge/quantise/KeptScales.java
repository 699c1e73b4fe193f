package dev.slipway.edge.quantise;

import dev.slipway.edge.graph.EdgeGraph;
import dev.slipway.edge.graph.EdgeOperation;
import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.tflite.Quantization;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes a graph compute with integers by the scales that it says itself: floats around pairs of QUANTIZE and DEQUANTIZE.
 * An operation all of whose values have a scale computes with integers, and what was rounded to a scale is still rounded
 * to it. No calibration is needed.
 */
public final class KeptScales implements Scales {
    private static final int MOST_NAMED = 5;

    private final EdgeGraph graph;
    private final Users users;
    private final BorderType border;
    private final Map<EdgeValue, Quantization> scales;
    private final Map<EdgeOperation, KernelRule> rules = new LinkedHashMap<>();
    private final Map<EdgeValue, EdgeValue> same = new HashMap<>();
    private final List<EdgeOperation> operations = new ArrayList<>();
    private final List<String> left = new ArrayList<>();
    private final List<String> requantised = new ArrayList<>();

    private KeptScales(ScalePairs pairs, BorderType border) {
        this.graph = pairs.graph();
        this.users = Users.of(graph);
        this.scales = new HashMap<>(pairs.scales());
        this.border = border;
    }

    /** Whether the graph says any scale. */
    public static boolean areIn(EdgeGraph graph) {
        return graph.operations().stream().anyMatch(ScalePairs::isQuantize);
    }

    /** The graph with integers; the report has these warnings and what is to be said of the scales. */
    public static IntegerQuantiser.Result quantise(EdgeGraph graph, BorderType border, List<String> warnings) {
        KeptScales kept = new KeptScales(ScalePairs.of(graph).early(), border);
        EdgeGraph resolved = kept.resolved();
        EdgeGraph integers = new IntegerGraph(kept.rules, kept, IntegerType.INT8, Map.of()).of(resolved, border);
        List<String> all = new ArrayList<>(warnings);
        kept.warn(all);
        long quantised = kept.rules.keySet().stream()
                .filter(operation -> !ScalePairs.isQuantize(operation))
                .count();
        return new IntegerQuantiser.Result(
                integers, new QuantisationReport(0, Math.toIntExact(quantised), List.of(), 1, all));
    }

    @Override
    public boolean knows(EdgeValue value) {
        return scales.containsKey(value);
    }

    @Override
    public Quantization of(EdgeValue value) {
        return scales.get(value);
    }

    /** The graph whose operations have rules where they compute with integers. */
    private EdgeGraph resolved() {
        if (border == BorderType.INTEGER) {
            graph.inputs().forEach(input -> roundedScale(input).ifPresent(scale -> {
                scales.put(input, scale);
                same.put(users.onlyUser(input).orElseThrow().output(), input);
            }));
        }
        for (EdgeOperation old : graph.operations()) {
            List<EdgeValue> inputs = old.inputs().stream().map(this::current).toList();
            EdgeOperation operation = old.with(inputs, old.outputs());
            if (!ScalePairs.isQuantize(operation)) {
                add(operation);
            } else if (current(operation.output()) == operation.output()) {
                rules.put(operation, knows(operation.input(0)) ? KernelRule.own(0) : KernelRule.own());
                operations.add(operation);
            }
        }
        Map<String, EdgeValue> outputs = new LinkedHashMap<>();
        graph.outputs().forEach((name, value) -> outputs.put(name, current(value)));
        return new EdgeGraph(operations, graph.inputs(), outputs);
    }

    private EdgeValue current(EdgeValue value) {
        return same.getOrDefault(value, value);
    }

    private void add(EdgeOperation operation) {
        Optional<KernelRule> possible = KernelRules.of(operation, IntegerType.INT8);
        Optional<KernelRule> rule = possible.filter(
                        found -> found.computed(operation).stream().allMatch(this::knows))
                .filter(found -> !found.integerOutput() || giveScale(operation, found));
        if (rule.isPresent()) {
            rules.put(operation, rule.get());
            noteWeights(operation, rule.get());
        } else if (possible.isPresent() && !KernelRules.isMovement(operation)) {
            left.add(operation.output().name());
        }
        operations.add(operation);
    }

    /** Finds the scale of the operation's results; false if there is none that its kernel can have. */
    private boolean giveScale(EdgeOperation operation, KernelRule rule) {
        Optional<Quantization> rounded = roundedScale(operation.output());
        Optional<Quantization> scale = rule.fixed()
                .or(() -> rule.sameScale() ? common(rule.computed(operation)).or(() -> rounded) : rounded);
        double least = KernelLimits.leastScale(operation, rule, IntegerType.INT8, this);
        if (scale.isEmpty() || scale.get().scales().get(0) < least) {
            return false;
        }
        operation.outputs().forEach(output -> scales.put(output, scale.get()));
        if (scale.equals(rounded)) {
            // The kernel rounds to that scale itself.
            same.put(users.onlyUser(operation.output()).orElseThrow().output(), operation.output());
        }
        return true;
    }

    private Optional<Quantization> common(List<EdgeValue> values) {
        Quantization first = of(values.get(0));
        return values.stream().allMatch(value -> of(value).equals(first)) ? Optional.of(first) : Optional.empty();
    }

    /** What a value is rounded to before anything else is done with it. */
    private Optional<Quantization> roundedScale(EdgeValue value) {
        return users.onlyUser(value).filter(ScalePairs::isQuantize).map(rounding -> scales.get(rounding.output()));
    }

    private void noteWeights(EdgeOperation operation, KernelRule rule) {
        rule.weights().ifPresent(place -> {
            EdgeValue weights = operation.input(place);
            if (!SymmetricWeights.areExact(weights, rule.weightAxis())) {
                requantised.add(weights.name());
            }
        });
    }

    private void warn(List<String> warnings) {
        warnings.add("The model's own scales were kept: nothing was calibrated.");
        if (!requantised.isEmpty()) {
            warnings.add(
                    "Weights of " + requantised.size() + " operation(s) were quantised anew, as the model has them as"
                            + " floats or not from -127 to 127 around zero: " + named(requantised) + ".");
        }
        if (!left.isEmpty()) {
            warnings.add(
                    left.size() + " operation(s) compute with floats, as the model gives no scale for what they take or"
                            + " make, or none that integer kernels can have: " + named(left) + ".");
        }
    }

    private static String named(List<String> names) {
        String listed = String.join(", ", names.subList(0, Math.min(MOST_NAMED, names.size())));
        return names.size() > MOST_NAMED ? listed + ", ..." : listed;
    }
}
