package dev.slipway.runtime.jobs;

import dev.slipway.api.jobs.Failure;
import dev.slipway.api.jobs.JobState;
import dev.slipway.kernel.Digest;
import dev.slipway.kernel.ErrorKind;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.runtime.caller.Callers;
import dev.slipway.store.artifact.ArtifactStore;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.core.propagation.PropagatedContext;
import io.micronaut.tracing.opentelemetry.OpenTelemetryPropagationContext;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Context;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** Carries out one attempt at a job, from its start in this process to what the store says of its end. */
@Singleton
final class JobRunner {
    private static final Logger LOG = LoggerFactory.getLogger(JobRunner.class);

    private final JobHandlers handlers;
    private final JobTransitions transitions;
    private final ArtifactStore artifacts;
    private final Callers callers;
    private final JobsConfiguration configuration;
    private final JobMetrics metrics;
    private final JobSpans spans;

    JobRunner(
            JobHandlers handlers,
            JobTransitions transitions,
            ArtifactStore artifacts,
            Callers callers,
            JobsConfiguration configuration,
            JobMetrics metrics,
            JobSpans spans) {
        this.handlers = handlers;
        this.transitions = transitions;
        this.artifacts = artifacts;
        this.callers = callers;
        this.configuration = configuration;
        this.metrics = metrics;
        this.spans = spans;
    }

    /** Returns when the attempt is over, whatever became of it. */
    void run(RunningJob job, JobHandler<?> handler) {
        metrics.started(job);
        Span span = spans.start(job);
        job.runsOn(Thread.currentThread());
        MDC.put("job", job.id().value());
        try {
            PropagatedContext context = callers.contextOf(job.caller())
                    .plus(job)
                    .plus(new OpenTelemetryPropagationContext(Context.root().with(span)));
            JobOutcome outcome = context.propagate(() -> attempt(job, handler));
            metrics.ended(job, outcome);
            spans.end(span, outcome);
        } finally {
            job.runsOn(null);
            MDC.remove("job");
        }
    }

    private <T> JobOutcome attempt(RunningJob job, JobHandler<T> handler) {
        try {
            runPatiently(job, handler);
            settle(job, JobState.SUCCEEDED, null);
            return JobOutcome.SUCCEEDED;
        } catch (InterruptedException e) {
            // The thread ends with this attempt; the interrupt was meant for it alone.
            return stopped(job, JobErrors.interrupted(job.id()));
        } catch (SlipwayException e) {
            return stopped(job, e);
        } catch (Exception | LinkageError | StackOverflowError | OutOfMemoryError | AssertionError e) {
            LOG.error("job {} of kind {} failed", job.id(), handler.kind(), e);
            return stopped(job, JobErrors.unexpected(job.id(), e));
        }
    }

    /** A handler may be run again and looks first at what is already done, so what can't be done now is tried again. */
    private <T> void runPatiently(RunningJob job, JobHandler<T> handler) throws InterruptedException {
        Patience patience = new Patience(configuration.patience());
        while (true) {
            try {
                handler.run(job, handlers.input(handler, job.body()));
                return;
            } catch (SlipwayException e) {
                boolean mayPass =
                        e.kind() == ErrorKind.UNAVAILABLE && job.stopReason().isEmpty();
                if (mayPass) {
                    LOG.warn("job {} can't go on now: {}", job.id(), e.getMessage());
                    job.log("can't go on now, will try again: " + e.getMessage());
                }
                if (!mayPass || !patience.waits(() -> job.stopReason().isPresent())) {
                    throw e;
                }
            }
        }
    }

    private JobOutcome stopped(RunningJob job, SlipwayException failure) {
        // From here on the thread must be able to write, so a late interrupt is not wanted.
        job.runsOn(null);
        boolean interrupted = Thread.interrupted();
        Optional<RunningJob.Stop> reason = job.stopReason();
        if (reason.isEmpty()) {
            if (failure.kind() == ErrorKind.INTERNAL && !failure.code().equals(JobErrors.DEFECT)) {
                LOG.error("job {} failed", job.id(), failure);
            }
            job.log("failed: " + failure.getMessage());
            settle(job, JobState.FAILED, JobErrors.failure(failure));
            return JobOutcome.FAILED;
        }
        return switch (reason.get()) {
            case CANCELLED -> {
                job.log("cancelled");
                settle(job, JobState.CANCELLED, JobErrors.cancelledFailure(job.id()));
                yield JobOutcome.CANCELLED;
            }
            case RELEASED -> {
                repeatedly(job, () -> transitions.giveBack(job));
                yield JobOutcome.RELEASED;
            }
            case LOST -> {
                LOG.warn(
                        "attempt {} of job {} had lost its lease{}",
                        job.attempt(),
                        job.id(),
                        interrupted ? " and was interrupted" : "");
                yield JobOutcome.LOST;
            }
        };
    }

    private void settle(RunningJob job, JobState state, @Nullable Failure failure) {
        job.runsOn(null);
        Thread.interrupted();
        repeatedly(job, () -> {
            byte[] lines = job.logLines().toBytes();
            Digest log = artifacts.put(lines).digest();
            if (transitions.end(job, state, failure, log).isEmpty()) {
                LOG.warn("attempt {} of job {} ended after its lease; it changed nothing", job.attempt(), job.id());
            }
        });
    }

    /** Writes an end even if the store can't answer for a while. If it can't at all, the lease runs out and the job is started again. */
    private void repeatedly(RunningJob job, Runnable write) {
        Patience patience = new Patience(configuration.patience());
        while (true) {
            try {
                write.run();
                return;
            } catch (SlipwayException e) {
                if (e.kind() != ErrorKind.UNAVAILABLE || !waits(patience, job)) {
                    LOG.error("the end of job {} could not be written", job.id(), e);
                    return;
                }
            }
        }
    }

    private static boolean waits(Patience patience, RunningJob job) {
        try {
            return patience.waits(() -> job.stopReason().equals(Optional.of(RunningJob.Stop.LOST)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
