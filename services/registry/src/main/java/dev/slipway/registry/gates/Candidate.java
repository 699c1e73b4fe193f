package dev.slipway.registry.gates;

import dev.slipway.api.registry.GatePolicy;
import dev.slipway.api.registry.ModelVersion;
import dev.slipway.kernel.id.DatasetVersionId;
import java.util.Optional;

/**
 * What the gates judge.
 *
 * @param measured how well it does on the pinned test set; empty when the model has none
 * @param replaces whether there is a version in production that it would replace
 */
record Candidate(ModelVersion version, GatePolicy policy, Optional<Measured> measured, boolean replaces) {

    /**
     * What was measured.
     *
     * @param accuracy of the version on the pinned test set, 0 to 1
     * @param production the version that it would replace; empty when there is none
     */
    record Measured(DatasetVersionId testSet, double accuracy, Optional<Production> production) {}

    /**
     * The version in production.
     *
     * @param alias by which it is known
     * @param accuracy on the same pinned test set, 0 to 1
     */
    record Production(String alias, int number, double accuracy) {}
}
