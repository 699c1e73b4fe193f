package dev.slipway.dataset;

import dev.slipway.api.dataset.DatasetVersion;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.Page;
import dev.slipway.kernel.id.DatasetId;
import dev.slipway.kernel.id.DatasetVersionId;
import dev.slipway.runtime.entity.Entities;
import dev.slipway.store.graph.IndexValue;
import io.micronaut.core.annotation.Nullable;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/** Finds dataset versions. */
@Singleton
final class Versions {
    private final Entities entities;

    Versions(Entities entities) {
        this.entities = entities;
    }

    Optional<Entity<DatasetVersionId, DatasetVersion>> find(DatasetVersionId id) {
        return entities.find(DatasetKinds.VERSION, id);
    }

    List<Entity<DatasetVersionId, DatasetVersion>> getAll(List<DatasetVersionId> ids) {
        return entities.getAll(DatasetKinds.VERSION, ids);
    }

    /** Newest first; fails with {@code dataset.unknown} for an unknown dataset. */
    Page<Entity<DatasetVersionId, DatasetVersion>> list(DatasetId dataset, int limit, @Nullable String cursor) {
        entities.get(DatasetKinds.DATASET, dataset);
        return newestFirst(dataset, limit, cursor);
    }

    /** The newest version of a dataset; empty before the first. */
    Optional<Entity<DatasetVersionId, DatasetVersion>> latest(DatasetId dataset) {
        return newestFirst(dataset, 1, null).items().stream().findFirst();
    }

    private Page<Entity<DatasetVersionId, DatasetVersion>> newestFirst(
            DatasetId dataset, int limit, @Nullable String cursor) {
        return entities.query(
                DatasetKinds.VERSION, DatasetKinds.NUMBERS, List.of(IndexValue.of(dataset)), true, limit, cursor);
    }
}
