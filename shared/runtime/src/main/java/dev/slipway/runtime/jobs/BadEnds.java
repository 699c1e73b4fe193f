package dev.slipway.runtime.jobs;

import dev.slipway.api.jobs.Failure;
import dev.slipway.api.jobs.Job;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.ErrorKind;
import dev.slipway.kernel.Service;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.id.JobId;
import dev.slipway.runtime.caller.Callers;
import dev.slipway.runtime.entity.Entities;
import dev.slipway.runtime.events.EventReader;
import dev.slipway.store.graph.Event;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells a service's handlers of jobs that failed or were cancelled, whichever process wrote that: a worker, one that found a
 * lease run out, or one that cancelled a queued job. As an event reader it does so even if a process dies in between.
 */
final class BadEnds implements EventReader {
    private static final Logger LOG = LoggerFactory.getLogger(BadEnds.class);

    private final Service service;
    private final JobHandlers handlers;
    private final JobTransitions transitions;
    private final Entities entities;
    private final Callers callers;

    BadEnds(Service service, JobHandlers handlers, JobTransitions transitions, Entities entities, Callers callers) {
        this.service = service;
        this.handlers = handlers;
        this.transitions = transitions;
        this.entities = entities;
        this.callers = callers;
    }

    @Override
    public Service service() {
        return service;
    }

    @Override
    public String name() {
        return "bad-ends-" + service.wireName();
    }

    @Override
    public Set<String> types() {
        return Set.of(JobEvents.FAILED, JobEvents.CANCELLED);
    }

    @Override
    public void read(Event event) {
        Optional<Entity<JobId, Job>> job = entities.find(
                JobKinds.JOB, new JobId(event.event().subject().id().value()));
        if (job.isEmpty() || job.get().body().service() != service) {
            return;
        }
        Optional<JobHandler<?>> handler = handlers.of(job.get().body());
        boolean untold = entities.claim(Fence.claim(job.get().id()))
                .filter(Fence.ended(job.get().body().attempt())::equals)
                .isPresent();
        if (handler.isPresent() && untold) {
            callers.runAs(JobCallers.of(job.get().body(), event.workspace()), () -> tell(handler.get(), job.get()));
            transitions.forget(job.get().id(), job.get().body().attempt());
        }
    }

    private <T> void tell(JobHandler<T> handler, Entity<JobId, Job> job) {
        Failure failure = Objects.requireNonNull(job.body().failure());
        try {
            handler.failed(new EndedJob(job.id(), job.body().attempt()), handlers.input(handler, job.body()), failure);
        } catch (SlipwayException e) {
            if (e.kind() == ErrorKind.UNAVAILABLE || e.kind() == ErrorKind.CONFLICT) {
                throw e;
            }
            LOG.error("the handler of job {} could not clean up after its bad end", job.id(), e);
        } catch (RuntimeException e) {
            LOG.error("the handler of job {} could not clean up after its bad end", job.id(), e);
        }
    }
}
