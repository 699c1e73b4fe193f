package dev.slipway.standalone.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.jobs.Job;
import dev.slipway.api.jobs.JobState;
import dev.slipway.api.jobs.JobsApi;
import dev.slipway.api.training.Pipeline;
import dev.slipway.api.training.PipelineStep;
import dev.slipway.api.training.PipelinesApi;
import dev.slipway.api.training.StartPipeline;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.ErrorKind;
import dev.slipway.kernel.Role;
import dev.slipway.kernel.Service;
import dev.slipway.kernel.id.JobId;
import dev.slipway.kernel.id.ProjectId;
import java.util.List;
import org.junit.jupiter.api.Test;

abstract class JobsContract extends Contract {
    private static final JobId UNKNOWN = new JobId(NOBODY);

    private final JobsApi jobs = bean(JobsApi.class);

    JobsContract(Binding binding) {
        super(binding);
    }

    @Test
    void whatIsUnknownIsNull() {
        assertThat(jobs.job(UNKNOWN)).isNull();
        assertThat(jobs.jobs(List.of(UNKNOWN))).isEmpty();
        assertThat(jobs.progress(List.of(UNKNOWN))).isEmpty();
        refused(ErrorKind.NOT_FOUND, "job.unknown", () -> jobs.cancel(UNKNOWN));
    }

    @Test
    void aQueuedJobHasNotBegun() {
        JobId id = job();

        Entity<JobId, Job> job = jobs.job(id);

        assertThat(jobs.jobs(List.of(UNKNOWN, id))).containsExactly(job);
        assertThat(job.body())
                .isEqualTo(new Job(
                        Service.TRAINING,
                        "pipeline",
                        job.body().subject(),
                        job.body().input(),
                        subject(Role.ENGINEER),
                        JobState.QUEUED,
                        0,
                        null,
                        false,
                        null,
                        null,
                        null,
                        null));
        assertThat(elsewhere(() -> jobs.job(id))).isNull();
    }

    @Test
    void aQueuedJobIsCancelledAtOnce() {
        JobId id = job();

        Entity<JobId, Job> cancelled = jobs.cancel(id);

        assertThat(cancelled.body().state()).isEqualTo(JobState.CANCELLED);
        assertThat(cancelled.body().finished()).isNotNull();
        assertThat(jobs.job(id)).isEqualTo(cancelled);
        assertThat(jobs.cancel(id)).isEqualTo(cancelled);
    }

    @Test
    void jobsComeInPagesNewestFirst() {
        JobId first = job();
        JobId second = job();
        JobId third = job();

        Pages.inTwos(List.of(third, second, first), jobs::list);
    }

    @Test
    void aViewerOnlyReads() {
        JobId id = job();

        needs(Role.ENGINEER, "cancel", () -> jobs.cancel(id));
        assertThat(as(Role.VIEWER, () -> jobs.job(id))).isNotNull();
    }

    private JobId job() {
        PipelinesApi pipelines = bean(PipelinesApi.class);
        return pipelines
                .start(
                        pipelines
                                .save(new Pipeline(
                                        "exporting", List.of(new PipelineStep.ExportLabels(new ProjectId(NOBODY)))))
                                .id(),
                        new StartPipeline(null, null))
                .body()
                .job();
    }
}
