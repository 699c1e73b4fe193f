package dev.slipway.edge.quantise;

import dev.slipway.edge.ConversionListener;
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
     * As few operations as possible left float so that the goal is reached on the data.
     *
     * <p>Fails with {@code edge.calibration} if the data don't fit the graph or make it compute NaN, with {@code
     * edge.quantise} if weights are not finite.
     */
    public Result quantise(EdgeGraph graph, CalibrationData data, QualityGoal goal, List<String> warnings) {
        Calibration calibration = Calibration.of(graph, data, listener);
        Map<EdgeOperation, KernelRule> candidates = candidates(graph, calibration);
        Attempts attempts = new Attempts(graph, calibration, candidates, new Judge(graph, data, goal));
        Attempt first = attempts.first();
        FloatFallback<EdgeOperation, Attempt> fallback =
                new FloatFallback<>(first, left -> attempts.with(left, first.ways()), options.mostTrials(), listener);
        if (!first.verdict().met() && options.mostTrials() > 0) {
            fallback.search(Sensitivity.of(
                    graph,
                    first.computing(),
                    (operation, added) ->
                            IntegerGraph.beside(operation, first.rules().get(operation), first.plan(), type, added),
                    data,
                    listener));
        }
        Attempt best = fallback.best();
        EdgeGraph result =
                options.border() == BorderType.FLOAT ? best.graph() : attempts.graph(best, BorderType.INTEGER);
        return new Result(
                result,
                new QuantisationReport(
                        data.size(),
                        best.rules().size(),
                        fallback.layers(),
                        best.verdict().cosine(),
                        warnings));
    }

    private Map<EdgeOperation, KernelRule> candidates(EdgeGraph graph, Calibration calibration) {
        FloatLayers excluded = new FloatLayers(options.floatLayers());
        Map<EdgeOperation, KernelRule> rules = new LinkedHashMap<>();
        for (EdgeOperation operation : graph.operations()) {
            KernelRules.of(operation, type)
                    .filter(rule -> Stream.concat(rule.computed(operation).stream(), operation.outputs().stream())
                            .filter(value -> value.type() == TensorType.FLOAT32)
                            .allMatch(calibration::knows))
                    .filter(rule -> !excluded.contain(operation))
                    .ifPresent(rule -> rules.put(operation, rule));
        }
        return rules;
    }

    /**
     * How scales and biases are found.
     *
     * @param corrections what to take off the bias of the operation that makes a value
     */
    private record Ways(RangeMethod range, Map<EdgeValue, double[]> corrections) {}

    /** One mixture of integers and floats. */
    private record Attempt(
            Map<EdgeOperation, KernelRule> rules,
            ScalePlan plan,
            Ways ways,
            EdgeGraph graph,
            Verdict verdict,
            List<SensitiveOperation<EdgeOperation>> left)
            implements FloatFallback.Mixture<EdgeOperation> {

        /** The operations with integer outputs, those that only move elements left out. */
        List<EdgeOperation> computing() {
            return rules.entrySet().stream()
                    .filter(entry -> entry.getValue().integerOutput() && !KernelRules.isMovement(entry.getKey()))
                    .map(Map.Entry::getKey)
                    .toList();
        }
    }

    /** Makes and measures mixtures. */
    private final class Attempts {
        private final EdgeGraph graph;
        private final Calibration calibration;
        private final Map<EdgeOperation, KernelRule> candidates;
        private final Judge judge;

        Attempts(EdgeGraph graph, Calibration calibration, Map<EdgeOperation, KernelRule> candidates, Judge judge) {
            this.graph = graph;
            this.calibration = calibration;
            this.candidates = candidates;
            this.judge = judge;
        }

        /** Nothing left float, by the ways that come closest; others than the usual range only where that will not do. */
        Attempt first() {
            RangeMethod usual = options.range().orElse(RangeMethod.MINMAX);
            Attempt best = with(List.of(), new Ways(usual, Map.of()));
            if (options.biasCorrection()) {
                Map<EdgeValue, double[]> corrections = BiasCorrection.of(candidates, calibration);
                best = closer(best, corrections.isEmpty() ? best : with(List.of(), new Ways(usual, corrections)));
            }
            if (options.range().isEmpty() && !best.verdict().met()) {
                for (RangeMethod other : List.of(RangeMethod.MSE, RangeMethod.PERCENTILE)) {
                    best = closer(
                            best, with(List.of(), new Ways(other, best.ways().corrections())));
                }
            }
            return best;
        }

        private static Attempt closer(Attempt one, Attempt other) {
            return other.verdict().isBetterThan(one.verdict()) ? other : one;
        }

        Attempt with(List<SensitiveOperation<EdgeOperation>> left, Ways ways) {
            Map<EdgeOperation, KernelRule> rules = new LinkedHashMap<>(candidates);
            left.forEach(entry -> rules.remove(entry.operation()));
            removeIslands(rules);
            ScalePlan plan = ScalePlan.of(graph, rules, calibration, ways.range(), type);
            EdgeGraph made = new IntegerGraph(rules, plan, type, ways.corrections()).of(graph, BorderType.FLOAT);
            return new Attempt(rules, plan, ways, made, judge.of(made), left);
        }

        EdgeGraph graph(Attempt attempt, BorderType border) {
            return new IntegerGraph(
                            attempt.rules(),
                            attempt.plan(),
                            type,
                            attempt.ways().corrections())
                    .of(graph, border);
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
