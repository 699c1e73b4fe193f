package dev.slipway.training.experiment;

import dev.slipway.api.training.Experiment;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.id.ExperimentId;
import dev.slipway.runtime.entity.Change;
import dev.slipway.runtime.entity.EntityKind;
import dev.slipway.runtime.entity.FacetLayout;
import dev.slipway.training.TrainingKinds;
import jakarta.inject.Singleton;
import java.util.List;

/** Experiments have had facets since they can be searched. */
@Singleton
final class ExperimentFacets implements FacetLayout<ExperimentId, Experiment> {
    @Override
    public EntityKind<ExperimentId, Experiment> kind() {
        return TrainingKinds.EXPERIMENT;
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public void put(Change change, List<Entity<ExperimentId, Experiment>> entities) {
        entities.forEach(experiment -> ExperimentChanges.attributes(change, experiment));
    }
}
