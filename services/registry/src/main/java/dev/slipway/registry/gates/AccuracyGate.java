package dev.slipway.registry.gates;

import dev.slipway.api.registry.Gate;

/** The version must be accurate enough on the pinned test set. Without one nothing but an accuracy of 0 can be asked for. */
final class AccuracyGate implements GateCheck {
    private static final String NAME = "accuracy";

    @Override
    public Gate check(Candidate candidate) {
        double minimum = candidate.policy().minimumAccuracy();
        return candidate.measured().map(measured -> measured(measured, minimum)).orElseGet(() -> unmeasured(minimum));
    }

    private static Gate measured(Candidate.Measured measured, double minimum) {
        boolean passed = measured.accuracy() >= minimum;
        String found = "Accuracy " + measured.accuracy() + " on the test split of dataset version " + measured.testSet()
                + "; at least " + minimum + " is asked for.";
        return new Gate(NAME, passed, passed ? found : found + " Train longer or on more labelled samples.");
    }

    private static Gate unmeasured(double minimum) {
        return minimum == 0
                ? new Gate(NAME, true, "The model has no pinned test set, and its policy asks for no accuracy.")
                : new Gate(
                        NAME,
                        false,
                        "The model has no pinned test set to measure the accuracy on, of which at least " + minimum
                                + " is asked for. Pin a test set, or ask for an accuracy of 0 in the model's policy.");
    }
}
