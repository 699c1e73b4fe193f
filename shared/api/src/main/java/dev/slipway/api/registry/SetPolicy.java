package dev.slipway.api.registry;

import dev.slipway.kernel.id.DatasetVersionId;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.serde.annotation.Serdeable;

/**
 * Changes what the versions of a model are judged by, from their next judgement on.
 *
 * @param policy null to leave it as it is
 * @param pinnedTestSet the dataset version on whose test split all versions are judged; null to leave it as it is
 */
@Serdeable
public record SetPolicy(
        @Nullable GatePolicy policy, @Nullable DatasetVersionId pinnedTestSet) {}
