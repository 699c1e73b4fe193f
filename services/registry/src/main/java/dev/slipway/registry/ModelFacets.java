package dev.slipway.registry;

import dev.slipway.api.registry.Model;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.id.ModelId;
import dev.slipway.runtime.entity.Change;
import dev.slipway.runtime.entity.EntityKind;
import dev.slipway.runtime.entity.FacetLayout;
import jakarta.inject.Singleton;
import java.util.List;

/** Models have had facets since they can be searched. */
@Singleton
final class ModelFacets implements FacetLayout<ModelId, Model> {
    @Override
    public EntityKind<ModelId, Model> kind() {
        return RegistryKinds.MODEL;
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public void put(Change change, List<Entity<ModelId, Model>> entities) {
        entities.forEach(model -> Searchable.attributes(change, model));
    }
}
