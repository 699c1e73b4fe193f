package dev.slipway.gateway.schema;

import dev.slipway.api.jobs.Job;
import dev.slipway.api.jobs.JobProgress;
import dev.slipway.api.jobs.JobState;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.id.JobId;
import io.micronaut.core.annotation.Nullable;

/** What somebody who follows a job is told. */
record JobUpdate(Entity<JobId, Job> job, double fraction, String message) {
    /** What a follower sees: two updates that agree in it are one. */
    record Visible(JobState state, double fraction, String message) {}

    static JobUpdate of(Entity<JobId, Job> job, @Nullable JobProgress progress) {
        // What an earlier attempt had reached says nothing of this one.
        if (progress == null || progress.attempt() != job.body().attempt()) {
            return new JobUpdate(job, 0, "");
        }
        return new JobUpdate(job, progress.fraction(), progress.message());
    }

    JobState state() {
        return job.body().state();
    }

    Visible visible() {
        return new Visible(state(), fraction, message);
    }
}
