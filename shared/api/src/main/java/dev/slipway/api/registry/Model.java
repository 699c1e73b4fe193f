package dev.slipway.api.registry;

import dev.slipway.kernel.id.DatasetVersionId;
import dev.slipway.kernel.id.ModelVersionId;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.serde.annotation.Serdeable;
import java.util.Map;

/**
 * A registered model.
 *
 * @param name unique in the workspace
 * @param versions how many it has had, which is the number of the newest
 * @param pinnedTestSet the dataset version on whose test split all versions are judged: that of the first version that has one,
 *     unless it was given
 * @param aliases names for versions, such as {@code production}
 * @param description for people
 * @param deleted when it was deleted, UTC milliseconds; null unless it was
 */
@Serdeable
public record Model(
        String name,
        int versions,
        @Nullable DatasetVersionId pinnedTestSet,
        GatePolicy policy,
        Map<String, ModelVersionId> aliases,
        @Nullable String description,
        @Nullable Long deleted) {}
