package dev.slipway.runtime.jobs;

import dev.slipway.api.jobs.Failure;
import dev.slipway.kernel.Service;

/**
 * Carries out the jobs of one kind. It may be run again after its process died, so it looks first at what is already done.
 *
 * @param <T> its input, readable and writable as JSON
 */
public interface JobHandler<T> {
    Service service();

    /** Unique within the service, as {@code train}. */
    String kind();

    Class<T> input();

    /**
     * Does the work in the name of a service caller of the job's workspace. Returning means success, an exception failure.
     * What it throws other than a {@link dev.slipway.kernel.SlipwayException} is a defect.
     */
    void run(JobContext job, T input) throws InterruptedException;

    /**
     * Called once when a job has come to a bad end, after the job itself says so: the place to mark the subject as failed.
     */
    default void failed(JobContext job, T input, Failure failure) {}
}
