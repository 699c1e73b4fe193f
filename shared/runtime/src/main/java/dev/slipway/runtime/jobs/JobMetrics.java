package dev.slipway.runtime.jobs;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.IntSupplier;

/** What the metrics tell of the jobs that this process carries out. */
@Singleton
final class JobMetrics {
    private final MeterRegistry metrics;
    private final InstantSource clock;

    JobMetrics(JobHandlers handlers, MeterRegistry metrics, InstantSource clock) {
        this.metrics = metrics;
        this.clock = clock;
        // A rate sees the first failure only of a counter that was there before it.
        for (JobHandler<?> handler : handlers.all()) {
            waiting(handler.kind());
            running(handler.kind());
            for (JobOutcome outcome : JobOutcome.values()) {
                ended(handler.kind(), outcome);
            }
        }
    }

    void workers(String kind, int most, IntSupplier busy) {
        Gauge.builder("slipway.jobs.workers", () -> most)
                .description("How many jobs of a kind this process runs at once at most")
                .tag("kind", kind)
                .register(metrics);
        Gauge.builder("slipway.jobs.running", busy::getAsInt)
                .description("How many jobs of a kind this process runs now")
                .tag("kind", kind)
                .register(metrics);
    }

    void started(RunningJob job) {
        // Later attempts did not wait since the job was made.
        if (job.attempt() == 1) {
            waiting(job.body().kind()).record(since(job.created()));
        }
    }

    void ended(RunningJob job, JobOutcome outcome) {
        String kind = job.body().kind();
        Long started = job.body().started();
        running(kind).record(since(started == null ? job.created() : started));
        ended(kind, outcome).increment();
    }

    private Duration since(long millis) {
        return Duration.ofMillis(Math.max(0, clock.millis() - millis));
    }

    private Timer waiting(String kind) {
        return Timer.builder("slipway.jobs.wait")
                .description("From the making of a job to the start of its first attempt")
                .tag("kind", kind)
                .register(metrics);
    }

    private Timer running(String kind) {
        return Timer.builder("slipway.jobs.run")
                .description("From the start of an attempt to its end")
                .tag("kind", kind)
                .register(metrics);
    }

    private Counter ended(String kind, JobOutcome outcome) {
        return Counter.builder("slipway.jobs.ended")
                .description("Attempts at jobs that this process has ended, by what became of them")
                .tag("kind", kind)
                .tag("outcome", outcome.wireName())
                .register(metrics);
    }
}
