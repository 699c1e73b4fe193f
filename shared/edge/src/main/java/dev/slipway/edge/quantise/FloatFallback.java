package dev.slipway.edge.quantise;

import dev.slipway.edge.ConversionListener;
import dev.slipway.edge.ConversionStep;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;

/**
 * Looks for the fewest operations to leave float so that a model is good enough.
 *
 * @param <O> what an operation is
 * @param <M> what is tried
 */
final class FloatFallback<O, M extends FloatFallback.Mixture<O>> {
    /** A model some of whose operations were left float. */
    interface Mixture<O> {
        /** Those left float, the worst first. */
        List<SensitiveOperation<O>> left();

        Verdict verdict();
    }

    private final Function<List<SensitiveOperation<O>>, M> maker;
    private final ConversionListener listener;
    private final int mostTrials;
    private final Map<SensitiveOperation<O>, Double> won = new HashMap<>();
    private M best;
    private int trials;

    /**
     * @param first nothing left float
     * @param maker makes the mixture that leaves these float
     * @param mostTrials how many mixtures to make at most in looking for one, and again in making it smaller
     */
    FloatFallback(
            M first, Function<List<SensitiveOperation<O>>, M> maker, int mostTrials, ConversionListener listener) {
        this.best = first;
        this.maker = maker;
        this.mostTrials = mostTrials;
        this.listener = listener;
    }

    /** @param worst what may be left float, the worst first */
    void search(List<SensitiveOperation<O>> worst) {
        widen(worst);
        if (best.verdict().met()) {
            trials = 0;
            leaveOut();
        }
    }

    /** The best mixture so far. */
    M best() {
        return best;
    }

    /** What the report says of the operations that the best mixture leaves float. */
    List<QuantisationReport.FloatLayer> layers() {
        return best.left().stream()
                .map(entry -> new QuantisationReport.FloatLayer(
                        entry.name(),
                        entry.operator(),
                        entry.error(),
                        Optional.ofNullable(won.get(entry))
                                .map(OptionalDouble::of)
                                .orElse(OptionalDouble.empty())))
                .toList();
    }

    /** Leaves twice as many of the worst operations float each time, then halves the gap to the last that did not do. */
    private void widen(List<SensitiveOperation<O>> worst) {
        int failing = 0;
        int holding = 0;
        while (!best.verdict().met() && failing < worst.size() && trials < mostTrials) {
            int count = Math.min(Math.max(1, failing * 2), worst.size());
            if (take(worst.subList(0, count))) {
                holding = count;
            } else {
                failing = count;
            }
        }
        while (best.verdict().met() && holding - failing > 1 && trials < mostTrials) {
            int middle = (holding + failing) / 2;
            if (take(worst.subList(0, middle))) {
                holding = middle;
            } else {
                failing = middle;
            }
        }
    }

    /** Makes each integer again by itself, those first that matter least: either all is as well, or it is seen what it won. */
    private void leaveOut() {
        List<SensitiveOperation<O>> entries = best.left();
        for (int i = entries.size() - 1; i >= 0 && trials < mostTrials; i--) {
            SensitiveOperation<O> entry = entries.get(i);
            List<SensitiveOperation<O>> others = new ArrayList<>(best.left());
            others.remove(entry);
            M next = make(others);
            if (next.verdict().met()) {
                best = next;
            } else {
                won.put(entry, best.verdict().cosine() - next.verdict().cosine());
            }
        }
    }

    /** Whether it does; what does is taken, since it leaves fewer float than those before that did. */
    private boolean take(List<SensitiveOperation<O>> left) {
        M next = make(left);
        if (next.verdict().met() || next.verdict().isBetterThan(best.verdict())) {
            best = next;
        }
        return next.verdict().met();
    }

    private M make(List<SensitiveOperation<O>> left) {
        listener.at(ConversionStep.MIX, trials, mostTrials);
        trials++;
        return maker.apply(List.copyOf(left));
    }
}
