package dev.slipway.registry.gates;

import dev.slipway.api.registry.Gate;

/** The version may not be noticeably less accurate than the one it would replace. */
final class RegressionGate implements GateCheck {
    private static final String NAME = "regression";

    // Shares of the same number of samples that differ by exactly the loss allowed must not fail by rounding.
    private static final double ROUNDING = 1e-12;

    @Override
    public Gate check(Candidate candidate) {
        if (!candidate.replaces()) {
            return new Gate(NAME, true, "There is no version in production yet.");
        }
        double allowed = candidate.policy().maximumAccuracyLoss();
        return candidate
                .measured()
                .flatMap(measured -> measured.production().map(current -> compared(measured, current, allowed)))
                .orElseGet(() -> unmeasured(allowed));
    }

    private static Gate compared(Candidate.Measured measured, Candidate.Production production, double allowed) {
        boolean passed = measured.accuracy() >= production.accuracy() - allowed - ROUNDING;
        String found = "Accuracy " + measured.accuracy() + " against " + production.accuracy() + " of version "
                + production.number() + ", now '" + production.alias() + "', on the same samples; a loss of " + allowed
                + " is allowed.";
        return new Gate(
                NAME, passed, passed ? found : found + " Keep the version in production and train a better one.");
    }

    private static Gate unmeasured(double allowed) {
        return allowed >= 1
                ? new Gate(NAME, true, "The model has no pinned test set, and its policy allows any loss of accuracy.")
                : new Gate(
                        NAME,
                        false,
                        "The model has no pinned test set to compare it with the version in production on; a loss of "
                                + allowed + " is allowed. Pin a test set, or allow a loss of 1 in the model's policy.");
    }
}
