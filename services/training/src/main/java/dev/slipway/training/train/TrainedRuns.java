package dev.slipway.training.train;

import dev.slipway.api.jobs.Failure;
import dev.slipway.api.training.Run;
import dev.slipway.api.training.RunState;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.id.RunId;
import dev.slipway.runtime.entity.Change;
import dev.slipway.runtime.entity.Entities;
import dev.slipway.runtime.entity.Retries;
import dev.slipway.runtime.jobs.JobContext;
import dev.slipway.store.graph.Facet;
import dev.slipway.store.graph.FacetKind;
import dev.slipway.training.TrainingKinds;
import dev.slipway.training.commit.RunChanges;
import jakarta.inject.Singleton;
import java.util.function.BiConsumer;

/** Brings a run from state to state as its job goes on. Others may rename or delete it meanwhile. */
@Singleton
final class TrainedRuns {
    private final Entities entities;

    TrainedRuns(Entities entities) {
        this.entities = entities;
    }

    void started(JobContext job, RunId id) {
        change(job, id, (change, run) -> {
            if (run.body().state() == RunState.SCHEDULED) {
                RunChanges.update(change, run, run.body().withState(RunState.RUNNING, null));
            }
        });
    }

    void finished(JobContext job, RunId id, TrainedModel trained) {
        change(job, id, (change, run) -> {
            Run finished = run.body().withModel(trained.onnx().digest()).withState(RunState.FINISHED, change.now());
            RunChanges.update(change, run, finished);
            Facet accuracy = new Facet(
                    FacetKind.METRIC,
                    RunLog.TEST_ACCURACY,
                    new Facet.Value.Num(trained.testAccuracy()),
                    trained.epoch(),
                    change.now());
            change.facet(RunChanges.ref(id), run.body().experiment(), accuracy);
        });
    }

    void failed(JobContext job, RunId id, Failure failure) {
        change(job, id, (change, run) -> {
            if (run.body().finished() == null) {
                RunState state = failure.code().equals("job.cancelled") ? RunState.KILLED : RunState.FAILED;
                RunChanges.update(change, run, run.body().withState(state, change.now()));
            }
        });
    }

    private void change(JobContext job, RunId id, BiConsumer<Change, Entity<RunId, Run>> step) {
        Retries.onConflict(() -> {
            Entity<RunId, Run> run = entities.get(TrainingKinds.RUN, id);
            Change change = job.fence(entities.change());
            step.accept(change, run);
            change.commit();
            return run;
        });
    }
}
