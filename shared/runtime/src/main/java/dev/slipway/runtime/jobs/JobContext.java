package dev.slipway.runtime.jobs;

import dev.slipway.kernel.id.JobId;
import dev.slipway.runtime.entity.Change;

/** What a handler knows of the job that it carries out, and how it reports. Safe for use by many threads. */
public interface JobContext {
    JobId id();

    /** How often the job was started, this time included: the fencing token. */
    int attempt();

    /**
     * Says how far the work has come.
     *
     * @param fraction 0 to 1
     * @throws dev.slipway.kernel.SlipwayException {@code job.cancelled} when somebody asked the job to stop, {@code
     *     job.lost} when its lease has gone to another worker
     */
    void progress(double fraction, String message);

    /** Adds a line to the job's log artifact, which keeps the first 10,000 lines. */
    void log(String line);

    /** Lets the change be committed only while this attempt is the job's current one. Every effect of a job needs it. */
    Change fence(Change change);
}
