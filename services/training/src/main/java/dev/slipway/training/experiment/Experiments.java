package dev.slipway.training.experiment;

import dev.slipway.api.training.CreateExperiment;
import dev.slipway.api.training.Experiment;
import dev.slipway.api.training.Param;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.Page;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.id.ExperimentId;
import dev.slipway.runtime.entity.Change;
import dev.slipway.runtime.entity.Entities;
import dev.slipway.training.ClaimedEntities;
import dev.slipway.training.Names;
import dev.slipway.training.TrainingKinds;
import io.micronaut.core.annotation.Nullable;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/** Makes and finds experiments. */
@Singleton
public final class Experiments {
    static final int MAX_NAME = 500;

    private final Entities entities;
    private final ClaimedEntities claimed;

    Experiments(Entities entities, ClaimedEntities claimed) {
        this.entities = entities;
        this.claimed = claimed;
    }

    /** The experiment of that name, made unless it is there; {@code experiment.deleted} if it is deleted. */
    public Entity<ExperimentId, Experiment> getOrCreate(CreateExperiment request) {
        String name = Names.check("experiment", request.name(), MAX_NAME);
        return active(claimed.getOrCreate(
                TrainingKinds.EXPERIMENT,
                ExperimentChanges.claim(name),
                (change, id) -> ExperimentChanges.create(change, id, Experiment.named(name), List.of())));
    }

    /** Makes one, or fails with {@code experiment.exists} if the name is taken, be it by a deleted one. */
    public Entity<ExperimentId, Experiment> create(Experiment experiment, List<Param> tags) {
        String name = Names.check("experiment", experiment.name(), MAX_NAME);
        tags.forEach(ExperimentTags::check);
        ExperimentId id = entities.newId(ExperimentId::new);
        Change change = entities.change();
        Entity<ExperimentId, Experiment> made = ExperimentChanges.create(change, id, experiment, tags);
        try {
            change.take(ExperimentChanges.claim(name), id).commit();
        } catch (SlipwayException e) {
            throw e.code().equals("store.claim-taken") ? taken(name) : e;
        }
        return made;
    }

    static SlipwayException taken(String name) {
        return SlipwayException.conflict(
                "experiment.exists",
                "The name '" + name + "' is taken by another experiment, maybe a deleted one; restore that or choose "
                        + "another name.");
    }

    /** The experiment, or {@code experiment.unknown}. */
    public Entity<ExperimentId, Experiment> get(ExperimentId id) {
        return entities.get(TrainingKinds.EXPERIMENT, id);
    }

    /** The experiment if it is not deleted, or {@code experiment.deleted}. */
    public Entity<ExperimentId, Experiment> active(ExperimentId id) {
        return active(get(id));
    }

    private static Entity<ExperimentId, Experiment> active(Entity<ExperimentId, Experiment> experiment) {
        if (experiment.body().deleted() != null) {
            throw SlipwayException.invalid(
                    "experiment.deleted",
                    "The experiment '" + experiment.body().name() + "' is deleted; restore it first.");
        }
        return experiment;
    }

    public Optional<Entity<ExperimentId, Experiment>> find(ExperimentId id) {
        return entities.find(TrainingKinds.EXPERIMENT, id);
    }

    /** The one of that name, be it deleted. */
    public Optional<Entity<ExperimentId, Experiment>> named(String name) {
        return entities.claimed(TrainingKinds.EXPERIMENT, ExperimentChanges.claim(name));
    }

    public List<Entity<ExperimentId, Experiment>> getAll(List<ExperimentId> ids) {
        return entities.getAll(TrainingKinds.EXPERIMENT, ids);
    }

    /** Those that are not deleted. */
    public Page<Entity<ExperimentId, Experiment>> list(int limit, @Nullable String cursor) {
        return entities.query(TrainingKinds.EXPERIMENT, TrainingKinds.ALL, List.of(), true, limit, cursor);
    }
}
