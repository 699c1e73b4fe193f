package dev.slipway.api.monitoring;

import io.micronaut.serde.annotation.Serdeable;

/**
 * When the inputs or outputs of a model count as drifted.
 *
 * @param psiThreshold a population stability index above this is drift; 0.2 is customary
 * @param ksPValue a Kolmogorov-Smirnov test with a p-value below this is drift, after Bonferroni's correction for the number of features
 * @param featureShare the share of features that must have drifted, by both measures, before the inputs count as drifted, 0 to 1
 * @param minimumSamples fewer predictions than this are not judged
 */
@Serdeable
public record DriftPolicy(double psiThreshold, double ksPValue, double featureShare, int minimumSamples) {
    public static final DriftPolicy DEFAULT = new DriftPolicy(0.2, 0.05, 0.25, 200);
}
