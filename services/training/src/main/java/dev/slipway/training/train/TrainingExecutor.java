package dev.slipway.training.train;

import dev.slipway.kernel.id.JobId;
import dev.slipway.runtime.jobs.JobContext;

/** Where trainings are carried out: in this process, or elsewhere. */
public interface TrainingExecutor {
    /**
     * Carries a training out, and logs to its run what becomes of it. Called again for a job whose process died, it goes on
     * with what is left of the first time.
     *
     * @throws InterruptedException when the job shall stop
     */
    TrainedModel train(JobContext job, Training training) throws InterruptedException;

    /** Removes what is left of a job outside of this process. Nothing happens when there is nothing. */
    void forget(JobId job);
}
