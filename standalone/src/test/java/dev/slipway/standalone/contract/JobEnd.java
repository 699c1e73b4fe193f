package dev.slipway.standalone.contract;

import dev.slipway.api.jobs.Job;
import dev.slipway.api.jobs.JobsApi;
import dev.slipway.kernel.id.JobId;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Follows jobs. */
final class JobEnd {
    private static final long BETWEEN_LOOKS = TimeUnit.MILLISECONDS.toNanos(20);

    private JobEnd() {}

    /** The job once it has ended; the test's own limit guards against one that never does. */
    static Job of(JobsApi jobs, JobId id) {
        Job job = jobs.job(id).body();
        while (!job.state().isFinal()) {
            if (Thread.interrupted()) {
                throw new IllegalStateException("job " + id + " has not ended: " + job);
            }
            LockSupport.parkNanos(BETWEEN_LOOKS);
            job = jobs.job(id).body();
        }
        return job;
    }
}
