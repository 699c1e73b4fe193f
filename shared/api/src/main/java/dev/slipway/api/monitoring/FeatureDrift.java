package dev.slipway.api.monitoring;

import io.micronaut.serde.annotation.Serdeable;

/**
 * How far a feature, or the predicted class, is from the baseline.
 *
 * @param feature the index into a sample's values; -1 for the predicted class
 * @param psi population stability index
 * @param ks the Kolmogorov-Smirnov statistic, 0 to 1; 0 for the predicted class
 * @param pValue of the test behind {@code ks}; 1 for the predicted class
 * @param drifted whether both pass their thresholds (for the predicted class, psi alone)
 */
@Serdeable
public record FeatureDrift(int feature, double psi, double ks, double pValue, boolean drifted) {}
