package dev.slipway.training.train;

import dev.slipway.api.dataset.DatasetVersion;
import dev.slipway.api.training.Run;
import dev.slipway.api.training.RunState;
import dev.slipway.api.training.StartTraining;
import dev.slipway.kernel.EdgeType;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.EntityRef;
import dev.slipway.kernel.EntityType;
import dev.slipway.kernel.id.JobId;
import dev.slipway.kernel.id.RunId;
import dev.slipway.runtime.entity.Entities;
import dev.slipway.runtime.jobs.Jobs;
import dev.slipway.store.graph.Facet;
import dev.slipway.store.graph.FacetKind;
import dev.slipway.training.ClaimedEntities;
import dev.slipway.training.Names;
import dev.slipway.training.TrainingKinds;
import dev.slipway.training.commit.RunChanges;
import dev.slipway.training.experiment.Experiments;
import io.micronaut.core.annotation.Nullable;
import jakarta.inject.Singleton;

/** Starts trainings. */
@Singleton
public final class Trainings {
    /** The tag of a run that repeats another one: the other one's id. */
    static final String REPEATS_TAG = "slipway.repeats";

    private final Experiments experiments;
    private final DatasetReader datasets;
    private final ClaimedEntities claimed;
    private final Entities entities;
    private final Jobs jobs;
    private final TrainHandler handler;

    Trainings(
            Experiments experiments,
            DatasetReader datasets,
            ClaimedEntities claimed,
            Entities entities,
            Jobs jobs,
            TrainHandler handler) {
        this.experiments = experiments;
        this.datasets = datasets;
        this.claimed = claimed;
        this.entities = entities;
        this.jobs = jobs;
        this.handler = handler;
    }

    /** Makes a run and its job, after everything that can be wrong with the request has been checked. */
    public Entity<RunId, Run> start(StartTraining request) {
        return start(request, null);
    }

    /** Makes a run that is to repeat another one, which it is derived from. */
    Entity<RunId, Run> repeat(RunId original, StartTraining request) {
        return start(request, original);
    }

    private Entity<RunId, Run> start(StartTraining request, @Nullable RunId repeats) {
        Names.check("run", request.name());
        experiments.active(request.experiment());
        HyperparameterCheck.check(request.hyperparameters());
        DatasetVersion version = datasets.version(request.datasetVersion());
        NetworkPlan.of(
                request.network(), version.sampleShape(), version.classes().size());
        return claimed.once(
                TrainingKinds.RUN, repeats == null ? "training" : "repeat", request.idempotencyKey(), (change, id) -> {
                    JobId job = entities.newId(JobId::new);
                    Entity<RunId, Run> run = RunChanges.create(
                            change,
                            id,
                            new Run(
                                    request.experiment(),
                                    request.name(),
                                    RunState.SCHEDULED,
                                    request.datasetVersion(),
                                    job,
                                    null,
                                    change.now(),
                                    null,
                                    null,
                                    null,
                                    repeats));
                    change.link(
                            RunChanges.ref(id),
                            EdgeType.USED,
                            EntityRef.of(EntityType.DATASET_VERSION, request.datasetVersion()));
                    if (repeats != null) {
                        change.link(RunChanges.ref(id), EdgeType.DERIVED_FROM, RunChanges.ref(repeats));
                        change.facet(
                                RunChanges.ref(id),
                                request.experiment(),
                                new Facet(
                                        FacetKind.TAG,
                                        REPEATS_TAG,
                                        new Facet.Value.Text(repeats.value()),
                                        0,
                                        change.now()));
                    }
                    jobs.enqueue(change, job, handler, RunChanges.ref(id), new TrainInput(id, request));
                    return run;
                });
    }
}
