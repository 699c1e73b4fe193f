package dev.slipway.runtime.jobs;

import dev.slipway.api.jobs.Job;
import dev.slipway.api.jobs.JobProgress;
import dev.slipway.api.jobs.JobState;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.ErrorKind;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.id.EntityId;
import dev.slipway.kernel.id.JobId;
import dev.slipway.runtime.Outage;
import dev.slipway.runtime.caller.Callers;
import dev.slipway.runtime.entity.Change;
import dev.slipway.runtime.entity.Entities;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Shows that this process's jobs live, writes how far they have come, and hears whether they should stop. */
@Singleton
final class JobHeartbeats {
    private static final Logger LOG = LoggerFactory.getLogger(JobHeartbeats.class);

    private final Set<RunningJob> running = ConcurrentHashMap.newKeySet();
    private final Entities entities;
    private final Callers callers;
    private final JobsConfiguration configuration;
    private final Outage outage = new Outage(LOG, "heartbeats of jobs can't be written");

    JobHeartbeats(Entities entities, Callers callers, JobsConfiguration configuration) {
        this.entities = entities;
        this.callers = callers;
        this.configuration = configuration;
    }

    void add(RunningJob job) {
        running.add(job);
    }

    void remove(RunningJob job) {
        running.remove(job);
    }

    Collection<RunningJob> running() {
        return Set.copyOf(running);
    }

    /** One heartbeat of every job. */
    void beat() {
        for (RunningJob job : running) {
            try {
                callers.runAs(JobCallers.workers(job.caller().workspace()), () -> beat(job));
                outage.over();
            } catch (SlipwayException e) {
                if (e.kind() == ErrorKind.CONFLICT) {
                    lose(job);
                } else {
                    outage.failed(e);
                }
            }
        }
    }

    private void beat(RunningJob job) {
        Optional<Job> stored = entities.find(JobKinds.JOB, job.id()).map(Entity<JobId, Job>::body);
        boolean current = stored.isPresent()
                && stored.get().state() == JobState.RUNNING
                && stored.get().attempt() == job.attempt();
        if (!current) {
            lose(job);
            return;
        }
        if (stored.get().cancelRequested()) {
            job.stop(RunningJob.Stop.CANCELLED);
        }
        // Most handlers stop when they next report progress; one that waits for something is woken.
        if (job.ignoresStopFor(configuration.lease().toNanos())) {
            job.interrupt();
        }
        Change change = entities.change();
        Entity<EntityId, JobProgress> written = change.update(JobKinds.JOB_PROGRESS, job.nextProgress());
        change.commit();
        job.wrote(written);
    }

    private void lose(RunningJob job) {
        // A job that has just ended is no longer in the set; it has not lost anything.
        if (running.contains(job)) {
            job.stop(RunningJob.Stop.LOST);
            job.interrupt();
        }
    }
}
