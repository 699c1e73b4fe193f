package dev.slipway.registry;

import dev.slipway.api.registry.Model;
import dev.slipway.api.registry.ModelVersion;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.id.ModelId;
import dev.slipway.kernel.id.ModelVersionId;
import dev.slipway.runtime.entity.Change;
import dev.slipway.runtime.entity.Entities;
import dev.slipway.runtime.entity.EntityKind;
import dev.slipway.runtime.entity.FacetLayout;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Versions have had facets since they can be searched; one of these is the name of their model. */
@Singleton
final class VersionFacets implements FacetLayout<ModelVersionId, ModelVersion> {
    private final Entities entities;

    VersionFacets(Entities entities) {
        this.entities = entities;
    }

    @Override
    public EntityKind<ModelVersionId, ModelVersion> kind() {
        return RegistryKinds.VERSION;
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public void put(Change change, List<Entity<ModelVersionId, ModelVersion>> versions) {
        List<ModelId> ids = versions.stream()
                .map(version -> version.body().model())
                .distinct()
                .toList();
        Map<ModelId, Entity<ModelId, Model>> models = entities.getAll(RegistryKinds.MODEL, ids).stream()
                .collect(Collectors.toMap(Entity::id, Function.identity()));
        for (Entity<ModelVersionId, ModelVersion> version : versions) {
            Searchable.versionAttributes(change, version);
            Entity<ModelId, Model> model = models.get(version.body().model());
            if (model != null) {
                Searchable.rename(change, version.id(), model);
            }
        }
    }
}
