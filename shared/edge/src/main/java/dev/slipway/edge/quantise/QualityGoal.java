package dev.slipway.edge.quantise;

import java.util.Optional;

/**
 * When a quantised graph is good enough: if all of this holds.
 *
 * @param minimumCosine the least cosine, 0 to 1, of any output with the float graph's
 * @param tolerance an output whose error, relative to magnitudes above 1, is within it need not have that cosine
 * @param accuracy how right its classes must be
 */
public record QualityGoal(double minimumCosine, double tolerance, Optional<AccuracyGoal> accuracy) {
    /** What is only just good enough on calibration data would not be on other data. */
    private static final double MARGIN = 0.4;

    /** The cosine to reach on the samples that decisions are taken by. */
    double target() {
        return minimumCosine + (1 - minimumCosine) * MARGIN;
    }
}
