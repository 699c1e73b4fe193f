package dev.slipway.standalone.demo;

import dev.slipway.api.jobs.Failure;
import dev.slipway.api.jobs.Job;
import dev.slipway.api.jobs.JobState;
import dev.slipway.api.jobs.JobsApi;
import dev.slipway.api.training.PipelineRun;
import dev.slipway.api.training.PipelinesApi;
import dev.slipway.api.training.StepRecord;
import dev.slipway.api.training.StepState;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.id.JobId;
import dev.slipway.kernel.id.PipelineRunId;
import io.micronaut.core.annotation.Nullable;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** Shows the steps of jobs and pipeline runs while they run, and waits for their end. */
final class PipelineFollower {
    private static final long POLL_MILLIS = 100;

    private final PipelinesApi pipelines;
    private final JobsApi jobs;
    private final Progress progress;

    PipelineFollower(PipelinesApi pipelines, JobsApi jobs, Progress progress) {
        this.pipelines = pipelines;
        this.jobs = jobs;
        this.progress = progress;
    }

    /** Returns the run when all of its steps have succeeded; otherwise fails as the failed step did. */
    Entity<PipelineRunId, PipelineRun> follow(PipelineRunId id, Function<StepRecord, String> outcome) {
        int told = 0;
        while (true) {
            Entity<PipelineRunId, PipelineRun> run = Patiently.call(() -> pipelines.run(id));
            Job job = look(run.body().job());
            List<StepRecord> steps = run.body().steps();
            while (told < steps.size() && steps.get(told).state() == StepState.SUCCEEDED) {
                StepRecord step = steps.get(told++);
                String text = Patiently.call(() -> outcome.apply(step));
                progress.finished(name(step), text, (step.finished() - step.started()) / 1000.0);
            }
            if (job.state().isFinal()) {
                if (told == steps.size()) {
                    return run;
                }
                if (job.state() != JobState.SUCCEEDED) {
                    throw failure(job.failure());
                }
            } else if (told < steps.size()) {
                show(name(steps.get(told)), steps.get(told).job());
            }
            pause();
        }
    }

    /** Waits for a single job. */
    void await(String name, JobId id) {
        for (Job job = look(id); job.state() != JobState.SUCCEEDED; job = look(id)) {
            if (job.state().isFinal()) {
                throw failure(job.failure());
            }
            show(name, id);
            pause();
        }
    }

    private Job look(JobId id) {
        return Patiently.call(() -> jobs.job(id).body());
    }

    private void show(String name, @Nullable JobId job) {
        if (job != null) {
            Patiently.call(() -> jobs.progress(List.of(job)))
                    .forEach(state -> progress.update(name, state.fraction(), state.message()));
        }
    }

    private static SlipwayException failure(@Nullable Failure failure) {
        return failure == null
                ? SlipwayException.conflict("job.cancelled", "The job was cancelled.")
                : new SlipwayException(failure.kind(), failure.code(), failure.message(), null);
    }

    static void pause() {
        try {
            Thread.sleep(POLL_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw SlipwayException.unavailable("demo.interrupted", "The demo was interrupted.", e);
        }
    }

    /** {@code CommitDataset} as {@code commit dataset}. */
    private static String name(StepRecord step) {
        return step.step()
                .getClass()
                .getSimpleName()
                .replaceAll("(?<=[a-z])(?=[A-Z])", " ")
                .toLowerCase(Locale.ROOT);
    }
}
