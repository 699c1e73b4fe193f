package dev.slipway.edge.quantise;

import dev.slipway.edge.ConversionListener;
import dev.slipway.edge.graph.EdgeGraph;
import dev.slipway.edge.graph.EdgeOperation;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Keeps the large weights of a graph as 8-bit integers, and leaves the worst operations float until its outputs are close
 * enough to those of the float graph.
 */
public final class DynamicQuantiser {
    private final QuantisationOptions options;
    private final ConversionListener listener;

    public DynamicQuantiser(QuantisationOptions options, ConversionListener listener) {
        this.options = options;
        this.listener = listener;
    }

    /** All large weights as integers but those that the options say; nothing is run. */
    public EdgeGraph whole(EdgeGraph graph) {
        return new DynamicWeights(this::isWanted).apply(graph);
    }

    /**
     * As few as possible left float so that the goal is reached on the samples, which need not be calibrated with.
     *
     * <p>Fails with {@code edge.calibration} if the data don't fit the graph, with {@code edge.quantise} if weights are not
     * finite.
     */
    public IntegerQuantiser.Result mixed(EdgeGraph graph, CalibrationData data, QualityGoal goal) {
        Judge judge = new Judge(graph, data, goal);
        List<EdgeOperation> candidates = graph.operations().stream()
                .filter(DynamicWeights::hasLargeWeights)
                .filter(this::isWanted)
                .toList();
        Attempt first = attempt(graph, judge, List.of());
        FloatFallback<EdgeOperation, Attempt> fallback =
                new FloatFallback<>(first, left -> attempt(graph, judge, left), options.mostTrials(), listener);
        if (!first.verdict().met() && options.mostTrials() > 0) {
            fallback.search(Sensitivity.of(graph, candidates, DynamicWeights::beside, data, listener));
        }
        Attempt best = fallback.best();
        return new IntegerQuantiser.Result(
                best.graph(),
                new QuantisationReport(
                        data.size(),
                        candidates.size() - best.left().size(),
                        fallback.layers(),
                        best.verdict().cosine(),
                        List.of()));
    }

    private Attempt attempt(EdgeGraph graph, Judge judge, List<SensitiveOperation<EdgeOperation>> left) {
        Set<EdgeOperation> floats = new HashSet<>();
        left.forEach(entry -> floats.add(entry.operation()));
        EdgeGraph made =
                new DynamicWeights(operation -> isWanted(operation) && !floats.contains(operation)).apply(graph);
        return new Attempt(made, left, judge.of(made));
    }

    private boolean isWanted(EdgeOperation operation) {
        return !new FloatLayers(options.floatLayers()).contain(operation);
    }

    private record Attempt(EdgeGraph graph, List<SensitiveOperation<EdgeOperation>> left, Verdict verdict)
            implements FloatFallback.Mixture<EdgeOperation> {}
}
