package dev.slipway.runtime.jobs;

import dev.slipway.api.jobs.Failure;
import dev.slipway.api.jobs.Job;
import dev.slipway.api.jobs.JobProgress;
import dev.slipway.api.jobs.JobState;
import dev.slipway.kernel.Digest;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.EntityRef;
import dev.slipway.kernel.EntityType;
import dev.slipway.kernel.id.EntityId;
import dev.slipway.kernel.id.JobId;
import dev.slipway.runtime.LocalNews;
import dev.slipway.runtime.entity.Change;
import dev.slipway.runtime.entity.Entities;
import dev.slipway.runtime.entity.Retries;
import io.micronaut.core.annotation.Nullable;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Optional;

/**
 * Every step a job takes from one state to the next, each one batch: the job, its fence, its progress and the event. Each
 * is written against the revision that was read, so of two processes that try one step, one succeeds.
 */
@Singleton
final class JobTransitions {
    /** A job that this process may run, and its progress document. */
    record Started(Entity<JobId, Job> job, Entity<EntityId, JobProgress> progress) {}

    private final Entities entities;
    private final LocalNews news;

    JobTransitions(Entities entities, LocalNews news) {
        this.entities = entities;
        this.news = news;
    }

    /** QUEUED → RUNNING; a {@code CONFLICT} means that somebody else was faster. */
    Started start(Entity<JobId, Job> queued, String worker) {
        Change change = entities.change();
        Job before = queued.body();
        Entity<JobId, Job> job = change.update(
                JobKinds.JOB,
                queued.with(body -> new Job(
                        body.service(),
                        body.kind(),
                        body.subject(),
                        body.input(),
                        body.caller(),
                        JobState.RUNNING,
                        body.attempt() + 1,
                        worker,
                        false,
                        null,
                        null,
                        change.now(),
                        null)));
        JobProgress progress = new JobProgress(queued.id(), before.attempt() + 1, 0, "started", 1);
        EntityId progressId = JobKinds.progressOf(queued.id());
        // Writing the document here makes the next heartbeat of an older attempt fail.
        Entity<EntityId, JobProgress> written = entities.find(JobKinds.JOB_PROGRESS, progressId)
                .map(old -> change.update(JobKinds.JOB_PROGRESS, old.with(body -> progress)))
                .orElseGet(() -> change.create(JobKinds.JOB_PROGRESS, progressId, progress));
        change.claim(Fence.start(queued.id(), before))
                .event("job.started", ref(queued.id()), Map.of("kind", before.kind(), "worker", worker))
                .commit();
        return new Started(job, written);
    }

    /** RUNNING → SUCCEEDED, FAILED or CANCELLED; empty when the attempt is not the job's current one any more. */
    Optional<Entity<JobId, Job>> end(
            RunningJob running, JobState state, @Nullable Failure failure, @Nullable Digest log) {
        return Retries.onConflict(() -> current(running).map(job -> {
            Change change = entities.change();
            EntityId progressId = JobKinds.progressOf(running.id());
            entities.find(JobKinds.JOB_PROGRESS, progressId)
                    .ifPresent(progress -> change.update(
                            JobKinds.JOB_PROGRESS,
                            progress.with(before -> running.lastProgress(before, state == JobState.SUCCEEDED))));
            return commitEnd(change, job, state, failure, log);
        }));
    }

    /** RUNNING → QUEUED, because this process ends. */
    void giveBack(RunningJob running) {
        Retries.onConflict(() -> current(running).map(job -> requeue(job, "released")));
    }

    /**
     * What becomes of a running job whose worker has died: queued again, or ended when it was cancelled or has been started
     * {@code attempts} times.
     */
    void lost(Entity<JobId, Job> job, int attempts) {
        if (job.body().cancelRequested()) {
            commitEnd(entities.change(), job, JobState.CANCELLED, JobErrors.cancelledFailure(job.id()), null);
        } else if (job.body().attempt() >= attempts) {
            Failure failure =
                    JobErrors.failure(JobErrors.exhausted(job.id(), job.body().attempt()));
            commitEnd(entities.change(), job, JobState.FAILED, failure, null);
        } else {
            requeue(job, "lost");
        }
    }

    /** Ends a queued job at once, asks a running one to stop, and leaves one that has ended as it is. */
    Entity<JobId, Job> cancel(JobId id) {
        // A queued job may be started in between, and is then asked to stop.
        return Retries.onConflictOrLostFence(() -> {
            Entity<JobId, Job> job = entities.get(JobKinds.JOB, id);
            if (job.body().state().isFinal() || job.body().cancelRequested()) {
                return job;
            }
            Change change = entities.change();
            if (job.body().state() == JobState.QUEUED) {
                return commitEnd(change, job, JobState.CANCELLED, JobErrors.cancelledFailure(id), null);
            }
            Entity<JobId, Job> asked = change.update(JobKinds.JOB, job.with(JobTransitions::cancelRequested));
            change.event(
                            "job.cancel-requested",
                            ref(id),
                            Map.of("kind", job.body().kind()))
                    .commit();
            return asked;
        });
    }

    /** The handler knows of the job's bad end. */
    void forget(JobId id, int attempt) {
        entities.change()
                .claim(Fence.forget(id, attempt))
                .afterCommit(news.endedJobs()::raise)
                .commit();
    }

    private Optional<Entity<JobId, Job>> current(RunningJob running) {
        return entities.find(JobKinds.JOB, running.id())
                .filter(job -> job.body().state() == JobState.RUNNING)
                .filter(job -> job.body().attempt() == running.attempt());
    }

    private Entity<JobId, Job> requeue(Entity<JobId, Job> job, String reason) {
        Change change = entities.change();
        Entity<JobId, Job> queued =
                change.update(JobKinds.JOB, job.with(body -> in(body, JobState.QUEUED, null, null, null)));
        change.claim(Fence.giveBack(job.id(), job.body().attempt()))
                .event("job.requeued", ref(job.id()), Map.of("kind", job.body().kind(), "reason", reason))
                .afterCommit(news.queuedJobs()::raise)
                .commit();
        return queued;
    }

    private Entity<JobId, Job> commitEnd(
            Change change, Entity<JobId, Job> job, JobState state, @Nullable Failure failure, @Nullable Digest log) {
        Entity<JobId, Job> ended =
                change.update(JobKinds.JOB, job.with(body -> in(body, state, failure, log, change.now())));
        change.claim(
                        state == JobState.SUCCEEDED
                                ? Fence.succeed(job.id(), job.body().attempt())
                                : Fence.end(job.id(), job.body()))
                .event(
                        JobEvents.of(state),
                        ref(job.id()),
                        failure == null
                                ? Map.of("kind", job.body().kind())
                                : Map.of("kind", job.body().kind(), "code", failure.code()))
                .afterCommit(news.endedJobs()::raise)
                .commit();
        return ended;
    }

    private static Job in(
            Job job, JobState state, @Nullable Failure failure, @Nullable Digest log, @Nullable Long finished) {
        return new Job(
                job.service(),
                job.kind(),
                job.subject(),
                job.input(),
                job.caller(),
                state,
                job.attempt(),
                null,
                job.cancelRequested(),
                failure,
                log,
                job.started(),
                finished);
    }

    private static Job cancelRequested(Job job) {
        return new Job(
                job.service(),
                job.kind(),
                job.subject(),
                job.input(),
                job.caller(),
                job.state(),
                job.attempt(),
                job.worker(),
                true,
                job.failure(),
                job.log(),
                job.started(),
                job.finished());
    }

    private static EntityRef ref(JobId id) {
        return EntityRef.of(EntityType.JOB, id);
    }
}
