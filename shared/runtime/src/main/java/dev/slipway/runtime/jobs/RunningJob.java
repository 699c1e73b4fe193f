package dev.slipway.runtime.jobs;

import dev.slipway.api.jobs.Job;
import dev.slipway.api.jobs.JobProgress;
import dev.slipway.kernel.Caller;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.id.EntityId;
import dev.slipway.kernel.id.JobId;
import dev.slipway.runtime.entity.Change;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.core.propagation.PropagatedContext;
import io.micronaut.core.propagation.PropagatedContextElement;
import java.util.Optional;

/** One attempt at a job in this process: what its handler and the heartbeat thread share. */
final class RunningJob implements JobContext, PropagatedContextElement {
    /** Why an attempt should stop. */
    enum Stop {
        CANCELLED,
        LOST,
        RELEASED
    }

    private final Entity<JobId, Job> job;
    private final Caller caller;
    private final JobLog log;
    private volatile Latest latest = new Latest(0, "started");
    private volatile @Nullable Stop stop;
    private volatile long stopSince;
    private volatile @Nullable Thread thread;
    private Entity<EntityId, JobProgress> progress;

    private record Latest(double fraction, String message) {}

    RunningJob(Entity<JobId, Job> job, Entity<EntityId, JobProgress> progress, Caller caller, JobLog log) {
        this.job = job;
        this.progress = progress;
        this.caller = caller;
        this.log = log;
    }

    /** The job that the current thread works for. */
    static Optional<RunningJob> current() {
        return PropagatedContext.find().flatMap(context -> context.find(RunningJob.class));
    }

    @Override
    public JobId id() {
        return job.id();
    }

    @Override
    public int attempt() {
        return job.body().attempt();
    }

    /** When the job was made, in UTC milliseconds. */
    long created() {
        return job.created();
    }

    Job body() {
        return job.body();
    }

    Caller caller() {
        return caller;
    }

    JobLog logLines() {
        return log;
    }

    @Override
    public void progress(double fraction, String message) {
        if (!(fraction >= 0 && fraction <= 1)) {
            throw SlipwayException.internal(
                    "job.progress", "Progress is a fraction from 0 to 1, not " + fraction + ".", null);
        }
        checkStop();
        latest = new Latest(fraction, message);
    }

    @Override
    public void log(String line) {
        log.add(line);
    }

    @Override
    public Change fence(Change change) {
        return change.claim(Fence.whileRunning(id(), attempt()));
    }

    /** Throws when this attempt should stop. */
    void checkStop() {
        Stop reason = stop;
        if (reason != null) {
            throw switch (reason) {
                case CANCELLED -> JobErrors.cancelled(id());
                case LOST -> JobErrors.lost(id(), attempt());
                case RELEASED -> JobErrors.released(id());
            };
        }
    }

    Optional<Stop> stopReason() {
        return Optional.ofNullable(stop);
    }

    /** Asks the attempt to stop; the first reason counts, but a lost lease overrides all others. */
    void stop(Stop reason) {
        if (stop == null || reason == Stop.LOST) {
            stopSince = System.nanoTime();
            stop = reason;
        }
    }

    /** Whether it was asked to stop and has not, for so many nanoseconds. */
    boolean ignoresStopFor(long nanos) {
        return stop != null && System.nanoTime() - stopSince > nanos;
    }

    void runsOn(@Nullable Thread worker) {
        thread = worker;
    }

    void interrupt() {
        Thread worker = thread;
        if (worker != null) {
            worker.interrupt();
        }
    }

    /** The progress document with one more heartbeat and what the handler said last. Called by the heartbeat thread only. */
    Entity<EntityId, JobProgress> nextProgress() {
        Latest now = latest;
        return progress.with(before ->
                new JobProgress(before.job(), before.attempt(), now.fraction(), now.message(), before.heartbeat() + 1));
    }

    /** What was written. Called by the heartbeat thread only. */
    void wrote(Entity<EntityId, JobProgress> written) {
        progress = written;
    }

    /** The last progress document, after {@code before}. */
    JobProgress lastProgress(JobProgress before, boolean succeeded) {
        Latest now = latest;
        return new JobProgress(id(), attempt(), succeeded ? 1 : now.fraction(), now.message(), before.heartbeat() + 1);
    }
}
