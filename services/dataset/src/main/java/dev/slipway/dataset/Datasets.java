package dev.slipway.dataset;

import dev.slipway.api.dataset.Dataset;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.EntityRef;
import dev.slipway.kernel.EntityType;
import dev.slipway.kernel.Page;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.id.DatasetId;
import dev.slipway.runtime.entity.Change;
import dev.slipway.runtime.entity.Entities;
import dev.slipway.runtime.entity.Retries;
import io.micronaut.core.annotation.Nullable;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes and finds datasets. */
@Singleton
final class Datasets {
    private static final int MAX_NAME = 200;

    private final Entities entities;

    Datasets(Entities entities) {
        this.entities = entities;
    }

    Entity<DatasetId, Dataset> getOrCreate(@Nullable String name) {
        if (name == null || name.isBlank() || name.length() > MAX_NAME) {
            throw SlipwayException.invalid(
                    "dataset.name", "A dataset's name has 1 to " + MAX_NAME + " characters and is not blank.");
        }
        String claim = "dataset-name/" + name;
        // Whoever loses the race for the name finds the winner's dataset when it looks again.
        return Retries.onConflict(
                () -> entities.claimed(DatasetKinds.DATASET, claim).orElseGet(() -> create(name, claim)));
    }

    private Entity<DatasetId, Dataset> create(String name, String claim) {
        Change change = entities.change();
        Entity<DatasetId, Dataset> dataset =
                change.create(DatasetKinds.DATASET, entities.newId(DatasetId::new), new Dataset(name, 0));
        change.take(claim, dataset.id());
        change.event("dataset.created", EntityRef.of(EntityType.DATASET, dataset.id()), Map.of("name", name));
        change.commit();
        return dataset;
    }

    Optional<Entity<DatasetId, Dataset>> find(DatasetId id) {
        return entities.find(DatasetKinds.DATASET, id);
    }

    List<Entity<DatasetId, Dataset>> getAll(List<DatasetId> ids) {
        return entities.getAll(DatasetKinds.DATASET, ids);
    }

    /** Newest first. */
    Page<Entity<DatasetId, Dataset>> list(int limit, @Nullable String cursor) {
        return entities.query(DatasetKinds.DATASET, DatasetKinds.ALL, List.of(), true, limit, cursor);
    }
}
