package dev.slipway.training.pipeline;

import dev.slipway.api.jobs.Failure;
import dev.slipway.api.training.PipelineOutputs;
import dev.slipway.api.training.PipelineRun;
import dev.slipway.api.training.PipelineStep;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.Service;
import dev.slipway.kernel.id.JobId;
import dev.slipway.kernel.id.PipelineRunId;
import dev.slipway.runtime.jobs.JobContext;
import dev.slipway.runtime.jobs.JobHandler;
import dev.slipway.runtime.jobs.Jobs;
import io.micronaut.context.BeanProvider;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/**
 * Carries out a pipeline run step by step. Everything it knows stands in the pipeline run, so it goes on after the last
 * finished step wherever and whenever it is started again.
 */
@Singleton
final class PipelineHandler implements JobHandler<PipelineInput> {
    private final RunRecorder recorder;
    private final Steps steps;
    private final BeanProvider<Jobs> jobs;

    PipelineHandler(RunRecorder recorder, Steps steps, BeanProvider<Jobs> jobs) {
        this.recorder = recorder;
        this.steps = steps;
        this.jobs = jobs;
    }

    @Override
    public Service service() {
        return Service.TRAINING;
    }

    @Override
    public String kind() {
        return "pipeline";
    }

    @Override
    public Class<PipelineInput> input() {
        return PipelineInput.class;
    }

    @Override
    public void run(JobContext job, PipelineInput input) throws InterruptedException {
        Entity<PipelineRunId, PipelineRun> run = recorder.read(input.run());
        int count = run.body().steps().size();
        for (int index = Progress.next(run.body()); index < count; index++) {
            PipelineStep step = run.body().steps().get(index).step();
            String line = "step " + (index + 1) + " of " + count + ": "
                    + step.getClass().getSimpleName();
            job.progress((double) index / count, line);
            job.log(line);
            Execution execution = new Execution(job, recorder.begin(job, run, index), index);
            PipelineOutputs outputs = steps.run(step, execution, run.body().outputs());
            run = recorder.succeed(job, execution.run, index, outputs);
        }
    }

    @Override
    public void failed(JobContext job, PipelineInput input, Failure failure) {
        recorder.fail(job, input.run(), failure);
    }

    /** One step being carried out. */
    private final class Execution implements StepContext {
        private final JobContext job;
        private final int index;
        private Entity<PipelineRunId, PipelineRun> run;

        Execution(JobContext job, Entity<PipelineRunId, PipelineRun> run, int index) {
            this.job = job;
            this.run = run;
            this.index = index;
        }

        @Override
        public String key() {
            return run.id() + "/" + index;
        }

        @Override
        public Optional<JobId> earlierJob() {
            return Optional.ofNullable(run.body().steps().get(index).job());
        }

        @Override
        public void await(List<JobId> waitsFor) throws InterruptedException {
            for (JobId next : waitsFor) {
                if (!earlierJob().equals(Optional.of(next))) {
                    run = recorder.waiting(job, run, index, next);
                }
                jobs.get().await(next);
            }
        }
    }
}
