package dev.slipway.training.loggedmodel;

import dev.slipway.api.training.LoggedModel;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.id.LoggedModelId;
import dev.slipway.runtime.entity.Change;
import dev.slipway.runtime.entity.EntityKind;
import dev.slipway.runtime.entity.FacetLayout;
import jakarta.inject.Singleton;
import java.util.List;

/** The facets of logged models. */
@Singleton
final class LoggedModelFacets implements FacetLayout<LoggedModelId, LoggedModel> {
    @Override
    public EntityKind<LoggedModelId, LoggedModel> kind() {
        return LoggedModelKinds.MODEL;
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public void put(Change change, List<Entity<LoggedModelId, LoggedModel>> entities) {
        entities.forEach(model -> LoggedModelChanges.attributes(change, model));
    }
}
