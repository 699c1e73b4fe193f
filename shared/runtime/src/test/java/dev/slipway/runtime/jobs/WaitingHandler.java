package dev.slipway.runtime.jobs;

import dev.slipway.kernel.Service;
import dev.slipway.kernel.id.JobId;
import io.micronaut.context.annotation.Requires;
import io.micronaut.serde.annotation.Serdeable;
import jakarta.inject.Singleton;

/** Waits for another job, as a pipeline does. */
@Singleton
@Requires(property = "slipway.test.handler", notEquals = "false")
class WaitingHandler implements JobHandler<WaitingHandler.Input> {
    @Serdeable
    record Input(JobId job) {}

    private final Jobs jobs;

    WaitingHandler(Jobs jobs) {
        this.jobs = jobs;
    }

    @Override
    public Service service() {
        return Service.TRAINING;
    }

    @Override
    public String kind() {
        return "waiting";
    }

    @Override
    public Class<Input> input() {
        return Input.class;
    }

    @Override
    public void run(JobContext job, Input input) throws InterruptedException {
        jobs.await(input.job());
    }
}
