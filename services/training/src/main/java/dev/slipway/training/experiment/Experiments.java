package dev.slipway.training.experiment;

import dev.slipway.api.training.CreateExperiment;
import dev.slipway.api.training.Experiment;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.EntityRef;
import dev.slipway.kernel.EntityType;
import dev.slipway.kernel.Page;
import dev.slipway.kernel.id.ExperimentId;
import dev.slipway.runtime.entity.Entities;
import dev.slipway.training.ClaimedEntities;
import dev.slipway.training.Names;
import dev.slipway.training.TrainingKinds;
import io.micronaut.core.annotation.Nullable;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes and finds experiments. */
@Singleton
public final class Experiments {
    private final Entities entities;
    private final ClaimedEntities claimed;

    Experiments(Entities entities, ClaimedEntities claimed) {
        this.entities = entities;
        this.claimed = claimed;
    }

    public Entity<ExperimentId, Experiment> getOrCreate(CreateExperiment request) {
        String name = Names.check("experiment", request.name());
        return claimed.getOrCreate(TrainingKinds.EXPERIMENT, "experiment-name/" + name, (change, id) -> {
            change.event("experiment.created", EntityRef.of(EntityType.EXPERIMENT, id), Map.of("name", name));
            return change.create(TrainingKinds.EXPERIMENT, id, new Experiment(name));
        });
    }

    /** The experiment, or {@code experiment.unknown}. */
    public Entity<ExperimentId, Experiment> get(ExperimentId id) {
        return entities.get(TrainingKinds.EXPERIMENT, id);
    }

    public Optional<Entity<ExperimentId, Experiment>> find(ExperimentId id) {
        return entities.find(TrainingKinds.EXPERIMENT, id);
    }

    public List<Entity<ExperimentId, Experiment>> getAll(List<ExperimentId> ids) {
        return entities.getAll(TrainingKinds.EXPERIMENT, ids);
    }

    public Page<Entity<ExperimentId, Experiment>> list(int limit, @Nullable String cursor) {
        return entities.query(TrainingKinds.EXPERIMENT, TrainingKinds.ALL, List.of(), true, limit, cursor);
    }
}
