package dev.slipway.runtime.jobs;

import dev.slipway.api.jobs.Failure;
import dev.slipway.kernel.Service;
import dev.slipway.kernel.SlipwayException;
import io.micronaut.context.annotation.Requires;
import io.micronaut.serde.annotation.Serdeable;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/** A handler that does what its input says, and remembers what it saw. */
@Singleton
@Requires(property = "slipway.test.handler", notEquals = "false")
class TestHandler implements JobHandler<TestHandler.Input> {
    /** What to do: succeed, refuse, be patient, stay away, break or wait. */
    @Serdeable
    record Input(String act) {}

    final List<JobContext> contexts = new CopyOnWriteArrayList<>();
    final List<Failure> failures = new CopyOnWriteArrayList<>();
    final CountDownLatch proceed = new CountDownLatch(1);

    @Override
    public Service service() {
        return Service.TRAINING;
    }

    @Override
    public String kind() {
        return "test";
    }

    @Override
    public Class<Input> input() {
        return Input.class;
    }

    @Override
    public void run(JobContext job, Input input) throws InterruptedException {
        contexts.add(job);
        job.progress(0.5, "half way");
        job.log("doing " + input.act());
        switch (input.act()) {
            case "succeed" -> job.progress(1, "done");
            case "refuse" -> throw SlipwayException.invalid("test.refused", "The test refuses.");
            case "be patient" -> {
                if (contexts.size() < 3) {
                    throw SlipwayException.unavailable("test.away", "The test is away.", null);
                }
            }
            case "stay away" -> throw SlipwayException.unavailable("test.away", "The test is away.", null);
            case "break" -> throw new IllegalStateException("a defect");
            case "wait" -> {
                while (true) {
                    job.progress(0.6, "waiting");
                    Thread.sleep(5);
                }
            }
            case "hold" -> proceed.await();
            default -> throw new AssertionError(input.act());
        }
    }

    @Override
    public void failed(JobContext job, Input input, Failure failure) {
        failures.add(failure);
    }
}
