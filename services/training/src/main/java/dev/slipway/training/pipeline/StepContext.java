package dev.slipway.training.pipeline;

import dev.slipway.kernel.id.JobId;
import java.util.List;
import java.util.Optional;

/** What a step may ask of its pipeline run. */
interface StepContext {
    /** The same whenever this step of this pipeline run is carried out, so that what it calls does it once. */
    String key();

    /** The job that the step waited for when its process died; empty when it begins afresh. */
    Optional<JobId> earlierJob();

    /** Waits for jobs, which are recorded before; fails as the first of them that failed. */
    void await(List<JobId> jobs) throws InterruptedException;
}
