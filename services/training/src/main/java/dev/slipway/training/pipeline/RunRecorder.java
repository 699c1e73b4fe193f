package dev.slipway.training.pipeline;

import dev.slipway.api.jobs.Failure;
import dev.slipway.api.training.PipelineOutputs;
import dev.slipway.api.training.PipelineRun;
import dev.slipway.api.training.StepRecord;
import dev.slipway.api.training.StepState;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.id.JobId;
import dev.slipway.kernel.id.PipelineRunId;
import dev.slipway.runtime.entity.Change;
import dev.slipway.runtime.entity.Entities;
import dev.slipway.runtime.jobs.JobContext;
import dev.slipway.training.TrainingKinds;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Writes down how far a pipeline run has come. Only its job writes it, fenced, so that a lost worker changes nothing. */
@Singleton
final class RunRecorder {
    private final Entities entities;

    RunRecorder(Entities entities) {
        this.entities = entities;
    }

    Entity<PipelineRunId, PipelineRun> read(PipelineRunId id) {
        return entities.get(TrainingKinds.PIPELINE_RUN, id);
    }

    /** A step begins; one that had begun before its process died keeps its time and its job. */
    Entity<PipelineRunId, PipelineRun> begin(JobContext job, Entity<PipelineRunId, PipelineRun> run, int index) {
        if (run.body().steps().get(index).state() == StepState.RUNNING) {
            return run;
        }
        Change change = job.fence(entities.change());
        PipelineOutputs inputs = run.body().outputs();
        return commit(
                change,
                run,
                index,
                inputs,
                step -> new StepRecord(step.step(), StepState.RUNNING, null, inputs, null, change.now(), null, null));
    }

    Entity<PipelineRunId, PipelineRun> waiting(
            JobContext job, Entity<PipelineRunId, PipelineRun> run, int index, JobId waitsFor) {
        return commit(
                job.fence(entities.change()),
                run,
                index,
                run.body().outputs(),
                step -> new StepRecord(
                        step.step(), step.state(), waitsFor, step.inputs(), null, step.started(), null, null));
    }

    /** A step has succeeded; with the last one the whole run has, which is told in the same change. */
    Entity<PipelineRunId, PipelineRun> succeed(
            JobContext job, Entity<PipelineRunId, PipelineRun> run, int index, PipelineOutputs outputs) {
        Change change = job.fence(entities.change());
        if (index == run.body().steps().size() - 1) {
            change.event(
                    "pipeline-run.finished",
                    PipelineRuns.ref(run.id()),
                    Map.of("pipeline", run.body().pipeline().value()));
        }
        return commit(
                change,
                run,
                index,
                outputs,
                step -> new StepRecord(
                        step.step(),
                        StepState.SUCCEEDED,
                        step.job(),
                        step.inputs(),
                        outputs,
                        step.started(),
                        change.now(),
                        null));
    }

    /** The run has failed in the step it was at. */
    void fail(JobContext job, PipelineRunId id, Failure failure) {
        Entity<PipelineRunId, PipelineRun> run = read(id);
        int index = Progress.next(run.body());
        if (index == run.body().steps().size() || run.body().steps().get(index).state() == StepState.FAILED) {
            return;
        }
        Change change = job.fence(entities.change());
        change.event(
                "pipeline-run.failed",
                PipelineRuns.ref(id),
                Map.of(
                        "pipeline",
                        run.body().pipeline().value(),
                        "step",
                        String.valueOf(index),
                        "code",
                        failure.code(),
                        "message",
                        failure.message()));
        commit(
                change,
                run,
                index,
                run.body().outputs(),
                step -> new StepRecord(
                        step.step(),
                        StepState.FAILED,
                        step.job(),
                        step.inputs(),
                        null,
                        step.started(),
                        change.now(),
                        failure));
    }

    private static Entity<PipelineRunId, PipelineRun> commit(
            Change change,
            Entity<PipelineRunId, PipelineRun> run,
            int index,
            PipelineOutputs outputs,
            UnaryOperator<StepRecord> step) {
        Entity<PipelineRunId, PipelineRun> changed = change.update(TrainingKinds.PIPELINE_RUN, run.with(body -> {
            List<StepRecord> steps = new ArrayList<>(body.steps());
            steps.set(index, step.apply(steps.get(index)));
            return new PipelineRun(body.pipeline(), body.job(), List.copyOf(steps), outputs, body.cause());
        }));
        change.commit();
        return changed;
    }
}
