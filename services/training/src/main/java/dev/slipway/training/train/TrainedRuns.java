package dev.slipway.training.train;

import dev.slipway.api.jobs.Failure;
import dev.slipway.api.training.Run;
import dev.slipway.api.training.RunState;
import dev.slipway.kernel.Digest;
import dev.slipway.kernel.EdgeType;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.EntityRef;
import dev.slipway.kernel.EntityType;
import dev.slipway.kernel.id.RunId;
import dev.slipway.runtime.entity.Change;
import dev.slipway.runtime.entity.Entities;
import dev.slipway.runtime.jobs.JobContext;
import dev.slipway.store.graph.Facet;
import dev.slipway.store.graph.FacetKind;
import dev.slipway.training.TrainingKinds;
import dev.slipway.training.run.RunChanges;
import io.micronaut.core.annotation.Nullable;
import jakarta.inject.Singleton;

/** Brings a run from state to state as its job goes on. Only the job changes it, so nobody else's change is in the way. */
@Singleton
final class TrainedRuns {
    private final Entities entities;

    TrainedRuns(Entities entities) {
        this.entities = entities;
    }

    void started(JobContext job, Entity<RunId, Run> run) {
        if (run.body().state() == RunState.SCHEDULED) {
            Change change = job.fence(entities.change());
            RunChanges.update(change, run.with(body -> in(RunState.RUNNING, body, null, null)));
            change.commit();
        }
    }

    void finished(JobContext job, RunId id, Digest model, double testAccuracy, int epoch) {
        Entity<RunId, Run> run = entities.get(TrainingKinds.RUN, id);
        Change change = job.fence(entities.change());
        RunChanges.update(change, run.with(body -> in(RunState.FINISHED, body, model, change.now())));
        change.link(
                RunChanges.ref(id),
                EdgeType.USED,
                EntityRef.of(EntityType.DATASET_VERSION, run.body().datasetVersion()));
        Facet accuracy = new Facet(
                FacetKind.METRIC, RunLog.TEST_ACCURACY, new Facet.Value.Num(testAccuracy), epoch, change.now());
        change.facet(RunChanges.ref(id), run.body().experiment(), accuracy).commit();
    }

    void failed(JobContext job, RunId id, Failure failure) {
        Entity<RunId, Run> run = entities.get(TrainingKinds.RUN, id);
        if (run.body().finished() == null) {
            RunState state = failure.code().equals("job.cancelled") ? RunState.KILLED : RunState.FAILED;
            Change change = job.fence(entities.change());
            RunChanges.update(change, run.with(body -> in(state, body, null, change.now())));
            change.commit();
        }
    }

    private static Run in(RunState state, Run run, @Nullable Digest model, @Nullable Long finished) {
        return new Run(
                run.experiment(), run.name(), state, run.datasetVersion(), run.job(), model, run.started(), finished);
    }
}
