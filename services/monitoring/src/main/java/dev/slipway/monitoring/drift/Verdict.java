package dev.slipway.monitoring.drift;

import dev.slipway.api.monitoring.FeatureDrift;
import java.util.List;

/**
 * What a comparison of predictions with a baseline has found.
 *
 * @param features how many features a sample has
 * @param driftedShare the share of features that have drifted, 0 to 1
 * @param maximumPsi of all features
 * @param maximumKs of all features
 * @param worst the features with the greatest psi, greatest first
 * @param prediction the drift of the predicted class
 * @param drifted whether the inputs or the predicted class have drifted
 */
public record Verdict(
        int features,
        double driftedShare,
        double maximumPsi,
        double maximumKs,
        List<FeatureDrift> worst,
        FeatureDrift prediction,
        boolean drifted) {
    public Verdict {
        worst = List.copyOf(worst);
    }
}
