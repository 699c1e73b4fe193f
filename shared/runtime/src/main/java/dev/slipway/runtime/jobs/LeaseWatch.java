package dev.slipway.runtime.jobs;

import dev.slipway.api.jobs.Job;
import dev.slipway.api.jobs.JobProgress;
import dev.slipway.api.jobs.JobState;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.ErrorKind;
import dev.slipway.kernel.Page;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.Workspace;
import dev.slipway.kernel.id.EntityId;
import dev.slipway.kernel.id.JobId;
import dev.slipway.runtime.Workspaces;
import dev.slipway.runtime.caller.Callers;
import dev.slipway.runtime.entity.Entities;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the jobs whose worker has died. A lease has run out when this process saw the heartbeat stand still for its length,
 * by its own monotonic clock; clocks of other machines, or a clock that is set, don't matter. Used by one thread.
 */
@Singleton
final class LeaseWatch {
    private static final Logger LOG = LoggerFactory.getLogger(LeaseWatch.class);

    private record Seen(long attempt, long heartbeat, long since) {}

    private final JobHandlers handlers;
    private final JobTransitions transitions;
    private final Entities entities;
    private final Callers callers;
    private final Workspaces workspaces;
    private final JobsConfiguration configuration;
    private Map<JobId, Seen> seen = Map.of();

    LeaseWatch(
            JobHandlers handlers,
            JobTransitions transitions,
            Entities entities,
            Callers callers,
            Workspaces workspaces,
            JobsConfiguration configuration) {
        this.handlers = handlers;
        this.transitions = transitions;
        this.entities = entities;
        this.callers = callers;
        this.workspaces = workspaces;
        this.configuration = configuration;
    }

    /** Looks once at all running jobs of this process's handlers. */
    void look() {
        Map<JobId, Seen> now = new HashMap<>();
        for (Workspace workspace : workspaces.all()) {
            for (JobHandler<?> handler : handlers.all()) {
                callers.runAs(JobCallers.workers(workspace), () -> look(handler, now));
            }
        }
        seen = now;
    }

    /** Lets all leases begin anew, as the heartbeats could not be seen for a while, or not be written. */
    void forget() {
        seen = Map.of();
    }

    private void look(JobHandler<?> handler, Map<JobId, Seen> now) {
        List<Entity<JobId, Job>> running = entities.query(
                        JobKinds.JOB,
                        JobKinds.OPEN,
                        JobKinds.open(JobState.RUNNING, handler.service(), handler.kind()),
                        false,
                        Page.MAX_LIMIT,
                        null)
                .items();
        if (running.isEmpty()) {
            return;
        }
        Map<JobId, JobProgress> progress = entities
                .getAll(
                        JobKinds.JOB_PROGRESS,
                        running.stream()
                                .map(job -> JobKinds.progressOf(job.id()))
                                .toList())
                .stream()
                .map(Entity<EntityId, JobProgress>::body)
                .collect(Collectors.toMap(JobProgress::job, Function.identity()));
        for (Entity<JobId, Job> job : running) {
            JobProgress latest = progress.get(job.id());
            long heartbeat = latest == null ? 0 : latest.heartbeat();
            Seen before = seen.get(job.id());
            boolean still =
                    before != null && before.attempt() == job.body().attempt() && before.heartbeat() == heartbeat;
            Seen latestSeen = still ? before : new Seen(job.body().attempt(), heartbeat, System.nanoTime());
            if (System.nanoTime() - latestSeen.since() > configuration.lease().toNanos()) {
                takeAway(job);
            } else {
                now.put(job.id(), latestSeen);
            }
        }
    }

    private void takeAway(Entity<JobId, Job> job) {
        LOG.warn(
                "the worker {} of job {} shows no sign of life; attempt {} is over",
                job.body().worker(),
                job.id(),
                job.body().attempt());
        try {
            transitions.lost(job, configuration.attempts());
        } catch (SlipwayException e) {
            if (e.kind() != ErrorKind.CONFLICT) {
                throw e;
            }
            LOG.debug("job {} was changed by another process at the same time", job.id());
        }
    }
}
