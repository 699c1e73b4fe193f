package dev.slipway.monitoring.drift;

import java.util.List;

/**
 * The population stability index of two histograms, {@code Σ (aᵢ − eᵢ) · ln(aᵢ / eᵢ)} over the bins' shares {@code e} of
 * the baseline and {@code a} of what is compared with it: 0 for equal shares, and customarily drift above 0.2.
 *
 * <p>Source: N. Siddiqi, Credit Risk Scorecards, Wiley 2006. It is the symmetric divergence of S. Kullback and R. A.
 * Leibler, On Information and Sufficiency, 1951. Half an observation is added to each bin (the Krichevsky-Trofimov
 * estimate), so that an empty bin gives a finite number that grows with the evidence. Without any drift its expectation
 * is about {@code (bins − 1) · (1/n + 1/m)} (B. Yurdakul, Statistical Properties of Population Stability Index, 2018).
 */
public final class PopulationStabilityIndex {
    private static final double SMOOTHING = 0.5;

    private PopulationStabilityIndex() {}

    /**
     * Compares two histograms over the same bins.
     *
     * @param baseline how many of the baseline fall into each bin
     * @param compared how many of the others fall into each bin, as many bins
     * @return 0 or more
     */
    public static double of(List<Long> baseline, List<Long> compared) {
        if (baseline.size() != compared.size() || baseline.isEmpty()) {
            throw new IllegalArgumentException(
                    "two histograms have the same bins, not " + baseline.size() + " and " + compared.size());
        }
        double baselineTotal = total(baseline);
        double comparedTotal = total(compared);
        double index = 0;
        for (int bin = 0; bin < baseline.size(); bin++) {
            double expected = (baseline.get(bin) + SMOOTHING) / baselineTotal;
            double actual = (compared.get(bin) + SMOOTHING) / comparedTotal;
            index += (actual - expected) * Math.log(actual / expected);
        }
        return index;
    }

    private static double total(List<Long> counts) {
        double total = counts.size() * SMOOTHING;
        for (long count : counts) {
            total += count;
        }
        return total;
    }
}
