package dev.slipway.runtime.jobs;

import dev.slipway.api.jobs.Job;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.EntityRef;
import dev.slipway.kernel.id.JobId;
import dev.slipway.runtime.entity.Change;

/** Asks for jobs and waits for them. */
public interface Jobs {
    /**
     * Puts a new job into the change that makes its subject, so that neither exists without the other.
     *
     * @param id of the new job, so that the subject's body can name it
     * @param subject the entity it works for
     */
    <T> Entity<JobId, Job> enqueue(Change change, JobId id, JobHandler<T> handler, EntityRef subject, T input);

    /**
     * Waits until a job of any service has ended, and returns it as it ended.
     *
     * @throws dev.slipway.kernel.SlipwayException with the job's own kind, code and message when it failed or was cancelled
     */
    Entity<JobId, Job> await(JobId id) throws InterruptedException;
}
