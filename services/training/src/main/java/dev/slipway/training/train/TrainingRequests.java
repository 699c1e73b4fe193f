package dev.slipway.training.train;

import dev.slipway.api.jobs.Job;
import dev.slipway.api.jobs.JobsApi;
import dev.slipway.api.training.Run;
import dev.slipway.api.training.StartTraining;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.id.RunId;
import io.micronaut.context.BeanProvider;
import io.micronaut.serde.ObjectMapper;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.Objects;

/** Reads what the runs that are trained here were asked to be. */
@Singleton
final class TrainingRequests {
    private final BeanProvider<JobsApi> jobs;
    private final ObjectMapper json;

    TrainingRequests(BeanProvider<JobsApi> jobs, ObjectMapper json) {
        this.jobs = jobs;
        this.json = json;
    }

    /** The request of a run that has a job, as it stands there; {@code job.unknown} when the job is gone. */
    StartTraining of(Entity<RunId, Run> run) {
        Entity<?, Job> job = jobs.get().job(Objects.requireNonNull(run.body().job()));
        if (job == null) {
            throw SlipwayException.notFound(
                    "job.unknown",
                    "The job " + run.body().job() + " that carried out run " + run.id()
                            + " is gone, and with it what it was asked for.");
        }
        try {
            return json.readValue(job.body().input(), TrainInput.class).request();
        } catch (IOException e) {
            throw SlipwayException.internal(
                    "run.request", "What job " + run.body().job() + " was asked for can't be read.", e);
        }
    }
}
