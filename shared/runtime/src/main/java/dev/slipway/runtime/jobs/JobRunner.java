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
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** Carries out one attempt at a job, from its start in this process to what the store says of its end. */
@Singleton
final class JobRunner {
    private static final Logger LOG = LoggerFactory.getLogger(JobRunner.class);
    private static final int TRIES = 10;
    private static final Duration PAUSE = Duration.ofMillis(300);

    private final JobHandlers handlers;
    private final JobTransitions transitions;
    private final ArtifactStore artifacts;
    private final Callers callers;

    JobRunner(JobHandlers handlers, JobTransitions transitions, ArtifactStore artifacts, Callers callers) {
        this.handlers = handlers;
        this.transitions = transitions;
        this.artifacts = artifacts;
        this.callers = callers;
    }

    /** Returns when the attempt is over, whatever became of it. */
    void run(RunningJob job, JobHandler<?> handler) {
        job.runsOn(Thread.currentThread());
        MDC.put("job", job.id().value());
        try {
            PropagatedContext context = callers.contextOf(job.caller()).plus(job);
            context.wrap(() -> attempt(job, handler)).run();
        } finally {
            job.runsOn(null);
            MDC.remove("job");
        }
    }

    private <T> void attempt(RunningJob job, JobHandler<T> handler) {
        try {
            handler.run(job, handlers.input(handler, job.body()));
            settle(job, JobState.SUCCEEDED, null);
        } catch (InterruptedException e) {
            // The thread ends with this attempt; the interrupt was meant for it alone.
            stopped(job, JobErrors.interrupted(job.id()));
        } catch (SlipwayException e) {
            stopped(job, e);
        } catch (Exception | LinkageError | StackOverflowError | OutOfMemoryError | AssertionError e) {
            LOG.error("job {} of kind {} failed", job.id(), handler.kind(), e);
            stopped(job, JobErrors.unexpected(job.id(), e));
        }
    }

    private void stopped(RunningJob job, SlipwayException failure) {
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
            return;
        }
        switch (reason.get()) {
            case CANCELLED -> {
                job.log("cancelled");
                settle(job, JobState.CANCELLED, JobErrors.cancelledFailure(job.id()));
            }
            case RELEASED -> repeatedly(job, () -> transitions.giveBack(job));
            case LOST ->
                LOG.warn(
                        "attempt {} of job {} had lost its lease{}",
                        job.attempt(),
                        job.id(),
                        interrupted ? " and was interrupted" : "");
        }
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
    private static void repeatedly(RunningJob job, Runnable write) {
        for (int tried = 1; ; tried++) {
            try {
                write.run();
                return;
            } catch (SlipwayException e) {
                if (e.kind() != ErrorKind.UNAVAILABLE || tried == TRIES) {
                    LOG.error("the end of job {} could not be written", job.id(), e);
                    return;
                }
            }
            try {
                Thread.sleep(PAUSE.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                LOG.warn("the end of job {} could not be written before the process ended", job.id());
                return;
            }
        }
    }
}
