package dev.slipway.edge.quantise;

import dev.slipway.edge.ConversionListener;
import dev.slipway.edge.ConversionStep;
import dev.slipway.edge.graph.EdgeGraph;
import dev.slipway.edge.graph.EdgeOperation;
import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.tflite.TensorType;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Makes a float graph compute with integers, by ranges found on calibration data, and leaves the worst operations float
 * until its outputs are close enough to those of the float graph.
 */
public final class IntegerQuantiser {
    /** The quantised graph and what was done. */
    public record Result(EdgeGraph graph, QuantisationReport report) {}

    /** What is not quite good enough on calibration data would not be on other data. */
    private static final double MARGIN = 0.2;

    private final IntegerType type;
    private final QuantisationOptions options;
    private final ConversionListener listener;

    private IntegerQuantiser(IntegerType type, QuantisationOptions options, ConversionListener listener) {
        this.type = type;
        this.options = options;
        this.listener = listener;
    }

    /** Weights and activations of 8 bits. */
    public static IntegerQuantiser int8(QuantisationOptions options) {
        return new IntegerQuantiser(IntegerType.INT8, options, ConversionListener.none());
    }

    /** Weights of 8 and activations of 16 bits. */
    public static IntegerQuantiser int16(QuantisationOptions options) {
        return new IntegerQuantiser(IntegerType.INT16, options, ConversionListener.none());
    }

    /** The same, but heard of by a listener. */
    public IntegerQuantiser heardBy(ConversionListener other) {
        return new IntegerQuantiser(type, options, other);
    }

    /** The numbers, from 0, of those samples on which all float outputs of the graph are finite. */
    public static List<Integer> withNumbers(EdgeGraph graph, CalibrationData data) {
        Map<String, Integer> runs = new HashMap<>();
        Set<Integer> bad = new HashSet<>();
        ExposedRuns.outputs(graph, data, (name, output) -> {
            int run = runs.merge(name, 1, Integer::sum) - 1;
            boolean finite = true;
            FloatBuffer numbers = output.data().asFloatBuffer();
            while (output.type() == TensorType.FLOAT32 && numbers.hasRemaining()) {
                finite &= Float.isFinite(numbers.get());
            }
            if (!finite) {
                bad.add(run);
            }
        });
        return IntStream.range(0, data.size())
                .filter(run -> !bad.contains(run))
                .boxed()
                .toList();
    }

    /**
     * Outputs are good if their cosine with the float graph's reaches the minimum or their error, relative to magnitudes
     * above 1, is within the tolerance.
     *
     * <p>Fails with {@code edge.calibration} if the data don't fit the graph or make it compute NaN, with {@code
     * edge.quantise} if weights are not finite.
     */
    public Result quantise(
            EdgeGraph graph, CalibrationData data, double minimumCosine, double tolerance, List<String> warnings) {
        Calibration calibration = Calibration.of(graph, data, listener);
        Map<EdgeOperation, KernelRule> candidates = candidates(graph, calibration);
        OutputCosines cosines = new OutputCosines(graph, data, tolerance);
        Map<EdgeValue, double[]> corrections =
                options.biasCorrection() ? BiasCorrection.of(candidates, calibration) : Map.of();
        Attempts attempts = new Attempts(graph, calibration, candidates, cosines);
        Attempt best = attempts.with(List.of(), Map.of());
        if (!corrections.isEmpty()) {
            Attempt corrected = attempts.with(List.of(), corrections);
            best = corrected.cosine() > best.cosine() ? corrected : best;
        }
        double target = minimumCosine + (1 - minimumCosine) * MARGIN;
        if (best.cosine() < target && options.mostTrials() > 0) {
            best = attempts.search(best, target, data);
        }
        EdgeGraph result =
                options.border() == BorderType.FLOAT ? best.graph() : attempts.graph(best, BorderType.INTEGER);
        return new Result(
                result,
                new QuantisationReport(
                        data.size(),
                        best.rules().size(),
                        best.left().stream().map(IntegerQuantiser::layer).toList(),
                        best.cosine(),
                        warnings));
    }

    private static QuantisationReport.FloatLayer layer(Sensitivity.Entry entry) {
        return new QuantisationReport.FloatLayer(
                entry.operation().output().name(), entry.operation().operator().name(), entry.error());
    }

    private Map<EdgeOperation, KernelRule> candidates(EdgeGraph graph, Calibration calibration) {
        Map<EdgeOperation, KernelRule> rules = new LinkedHashMap<>();
        for (EdgeOperation operation : graph.operations()) {
            KernelRules.of(operation, type)
                    .filter(rule -> Stream.concat(rule.computed(operation).stream(), operation.outputs().stream())
                            .filter(value -> value.type() == TensorType.FLOAT32)
                            .allMatch(calibration::knows))
                    .filter(rule -> operation.outputs().stream().noneMatch(this::isExcluded))
                    .ifPresent(rule -> rules.put(operation, rule));
        }
        return rules;
    }

    private boolean isExcluded(EdgeValue value) {
        return options.floatLayers().stream()
                .anyMatch(name -> value.name().equals(name) || value.name().startsWith(name + "/"));
    }

    /** One mixture of integers and floats. */
    private record Attempt(
            Map<EdgeOperation, KernelRule> rules,
            ScalePlan plan,
            EdgeGraph graph,
            double cosine,
            List<Sensitivity.Entry> left,
            Map<EdgeValue, double[]> corrections) {}

    /** Makes and measures mixtures. */
    private final class Attempts {
        private final EdgeGraph graph;
        private final Calibration calibration;
        private final Map<EdgeOperation, KernelRule> candidates;
        private final OutputCosines cosines;

        Attempts(
                EdgeGraph graph,
                Calibration calibration,
                Map<EdgeOperation, KernelRule> candidates,
                OutputCosines cosines) {
            this.graph = graph;
            this.calibration = calibration;
            this.candidates = candidates;
            this.cosines = cosines;
        }

        Attempt with(List<Sensitivity.Entry> left, Map<EdgeValue, double[]> corrections) {
            Map<EdgeOperation, KernelRule> rules = new LinkedHashMap<>(candidates);
            left.forEach(entry -> rules.remove(entry.operation()));
            removeIslands(rules);
            ScalePlan plan = ScalePlan.of(graph, rules, calibration, options.range(), type);
            EdgeGraph made = new IntegerGraph(rules, plan, type, corrections).of(graph, BorderType.FLOAT);
            return new Attempt(rules, plan, made, cosines.least(made), left, corrections);
        }

        EdgeGraph graph(Attempt attempt, BorderType border) {
            return new IntegerGraph(attempt.rules(), attempt.plan(), type, attempt.corrections()).of(graph, border);
        }

        /** Leaves twice as many of the worst operations float each time, then looks for the fewest that do. */
        Attempt search(Attempt first, double target, CalibrationData data) {
            List<Sensitivity.Entry> worst = Sensitivity.of(graph, first.rules(), first.plan(), type, data, listener);
            Attempt best = first;
            int trials = options.mostTrials();
            int failing = 0;
            int count = 1;
            for (; trials > 0 && best.cosine() < target && failing < worst.size(); trials--) {
                listener.at(ConversionStep.MIX, options.mostTrials() - trials, options.mostTrials());
                count = Math.min(Math.max(1, failing * 2), worst.size());
                Attempt next = with(worst.subList(0, count), first.corrections());
                best = next.cosine() > best.cosine() ? next : best;
                failing = next.cosine() < target ? count : failing;
            }
            int holding = count;
            for (; trials > 0 && best.cosine() >= target && holding - failing > 1; trials--) {
                listener.at(ConversionStep.MIX, options.mostTrials() - trials, options.mostTrials());
                int middle = (holding + failing) / 2;
                Attempt next = with(worst.subList(0, middle), first.corrections());
                if (next.cosine() >= target) {
                    best = next;
                    holding = middle;
                } else {
                    failing = middle;
                }
            }
            return best;
        }

        /** Elements that come from floats and go to floats need not be integers on the way. */
        private void removeIslands(Map<EdgeOperation, KernelRule> rules) {
            Set<EdgeValue> touched = new HashSet<>();
            for (EdgeOperation operation : rules.keySet()) {
                if (!KernelRules.isMovement(operation)) {
                    touched.addAll(operation.inputs());
                    touched.addAll(operation.outputs());
                }
            }
            List<EdgeOperation> movements = new ArrayList<>(
                    rules.keySet().stream().filter(KernelRules::isMovement).toList());
            boolean changed = true;
            while (changed) {
                changed = movements.removeIf(operation -> {
                    boolean touches = Stream.concat(operation.inputs().stream(), operation.outputs().stream())
                            .anyMatch(touched::contains);
                    if (touches) {
                        touched.addAll(operation.inputs());
                        touched.addAll(operation.outputs());
                    }
                    return touches;
                });
            }
            movements.forEach(rules::remove);
        }
    }
}
