package dev.slipway.registry.gates;

import dev.slipway.api.registry.Gate;

/** The version may not be noticeably less accurate than the one it would replace. */
final class RegressionGate implements GateCheck {
    // Shares of the same number of samples that differ by exactly the loss allowed must not fail by rounding.
    private static final double ROUNDING = 1e-12;

    @Override
    public Gate check(Candidate candidate) {
        double allowed = candidate.policy().maximumAccuracyLoss();
        return candidate
                .production()
                .map(production -> {
                    boolean passed = candidate.accuracy() >= production.accuracy() - allowed - ROUNDING;
                    String measured = "Accuracy " + candidate.accuracy() + " against " + production.accuracy()
                            + " of version " + production.number() + ", now '" + production.alias()
                            + "', on the same samples; a loss of " + allowed + " is allowed.";
                    return new Gate(
                            "regression",
                            passed,
                            passed ? measured : measured + " Keep the version in production and train a better one.");
                })
                .orElseGet(() -> new Gate("regression", true, "There is no version in production yet."));
    }
}
