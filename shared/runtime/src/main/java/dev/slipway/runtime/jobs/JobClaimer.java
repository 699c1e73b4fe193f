package dev.slipway.runtime.jobs;

import dev.slipway.api.jobs.Job;
import dev.slipway.api.jobs.JobState;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.ErrorKind;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.Workspace;
import dev.slipway.kernel.id.JobId;
import dev.slipway.runtime.Workspaces;
import dev.slipway.runtime.caller.Callers;
import dev.slipway.runtime.entity.Entities;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/** Takes queued jobs for this process: one of the first few at random, so that many workers seldom want the same one. */
@Singleton
final class JobClaimer {
    private static final int CANDIDATES = 8;
    private static final int TRIES = 8;

    private final Entities entities;
    private final JobTransitions transitions;
    private final Callers callers;
    private final Workspaces workspaces;
    private final InstantSource clock;
    private final String worker;

    JobClaimer(
            Entities entities,
            JobTransitions transitions,
            Callers callers,
            Workspaces workspaces,
            InstantSource clock) {
        this.entities = entities;
        this.transitions = transitions;
        this.callers = callers;
        this.workspaces = workspaces;
        this.clock = clock;
        this.worker = "process-" + ProcessHandle.current().pid() + "-"
                + Long.toString(ThreadLocalRandom.current().nextLong(1L << 32), 36);
    }

    Optional<RunningJob> claim(JobHandler<?> handler) {
        for (Workspace workspace : workspaces.all()) {
            Optional<RunningJob> claimed =
                    callers.callAs(JobCallers.workers(workspace), () -> claim(handler, workspace));
            if (claimed.isPresent()) {
                return claimed;
            }
        }
        return Optional.empty();
    }

    private Optional<RunningJob> claim(JobHandler<?> handler, Workspace workspace) {
        for (int tried = 0; tried < TRIES; tried++) {
            List<Entity<JobId, Job>> queued = entities.query(
                            JobKinds.JOB,
                            JobKinds.OPEN,
                            JobKinds.open(JobState.QUEUED, handler.service(), handler.kind()),
                            false,
                            CANDIDATES,
                            null)
                    .items();
            if (queued.isEmpty()) {
                return Optional.empty();
            }
            Entity<JobId, Job> candidate =
                    queued.get(ThreadLocalRandom.current().nextInt(queued.size()));
            try {
                JobTransitions.Started started = transitions.start(candidate, worker);
                return Optional.of(new RunningJob(
                        started.job(),
                        started.progress(),
                        JobCallers.of(started.job().body(), workspace),
                        new JobLog(clock)));
            } catch (SlipwayException e) {
                // Another worker was faster: look again.
                if (e.kind() != ErrorKind.CONFLICT) {
                    throw e;
                }
            }
        }
        return Optional.empty();
    }
}
