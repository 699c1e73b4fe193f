package dev.slipway.training.commit;

import dev.slipway.api.training.Run;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.id.RunId;
import dev.slipway.runtime.entity.Change;
import dev.slipway.runtime.entity.EntityKind;
import dev.slipway.runtime.entity.FacetLayout;
import dev.slipway.training.TrainingKinds;
import jakarta.inject.Singleton;
import java.util.List;

/** Runs have had attributes among their facets since they can be searched by them. */
@Singleton
final class RunFacets implements FacetLayout<RunId, Run> {
    @Override
    public EntityKind<RunId, Run> kind() {
        return TrainingKinds.RUN;
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public void put(Change change, List<Entity<RunId, Run>> entities) {
        entities.forEach(run -> RunChanges.attributes(change, run));
    }
}
