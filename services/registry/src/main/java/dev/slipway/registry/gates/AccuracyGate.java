package dev.slipway.registry.gates;

import dev.slipway.api.registry.Gate;

/** The version must be accurate enough on the pinned test set. */
final class AccuracyGate implements GateCheck {
    @Override
    public Gate check(Candidate candidate) {
        double minimum = candidate.policy().minimumAccuracy();
        boolean passed = candidate.accuracy() >= minimum;
        String measured = "Accuracy " + candidate.accuracy() + " on the test split of dataset version "
                + candidate.testSet() + "; at least " + minimum + " is asked for.";
        return new Gate(
                "accuracy", passed, passed ? measured : measured + " Train longer or on more labelled samples.");
    }
}
