package dev.slipway.registry.gates;

import dev.slipway.api.registry.GatePolicy;
import dev.slipway.api.registry.ModelVersion;
import dev.slipway.kernel.id.DatasetVersionId;
import java.util.Optional;

/**
 * What the gates judge.
 *
 * @param accuracy of the version on the pinned test set, 0 to 1
 * @param production the version that it would replace; empty when there is none
 */
record Candidate(
        ModelVersion version,
        GatePolicy policy,
        DatasetVersionId testSet,
        double accuracy,
        Optional<Production> production) {

    /**
     * The version in production.
     *
     * @param alias by which it is known
     * @param accuracy on the same pinned test set, 0 to 1
     */
    record Production(String alias, int number, double accuracy) {}
}
