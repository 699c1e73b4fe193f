package dev.slipway.runtime.jobs;

import dev.slipway.api.jobs.Job;
import dev.slipway.api.jobs.JobState;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.EntityRef;
import dev.slipway.kernel.EntityType;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.id.JobId;
import dev.slipway.runtime.LocalNews;
import dev.slipway.runtime.entity.Change;
import dev.slipway.runtime.entity.Entities;
import io.micronaut.core.type.Argument;
import io.micronaut.serde.ObjectMapper;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;

/** Jobs that stand in the graph store, where any process finds them. */
@Singleton
final class GraphJobs implements Jobs {
    /** How long a waiter waits for the handler to be told of a bad end; it may be that no process has this handler now. */
    private static final Duration HANDLER_PATIENCE = Duration.ofSeconds(10);

    private final Entities entities;
    private final ObjectMapper json;
    private final LocalNews news;
    private final JobsConfiguration configuration;

    GraphJobs(Entities entities, ObjectMapper json, LocalNews news, JobsConfiguration configuration) {
        this.entities = entities;
        this.json = json;
        this.news = news;
        this.configuration = configuration;
    }

    @Override
    public <T> Entity<JobId, Job> enqueue(Change change, JobId id, JobHandler<T> handler, EntityRef subject, T input) {
        Job job = new Job(
                handler.service(),
                handler.kind(),
                subject,
                write(handler, input),
                change.caller().subject(),
                JobState.QUEUED,
                0,
                null,
                false,
                null,
                null,
                null,
                null);
        change.claim(Fence.enqueue(id))
                .event("job.queued", EntityRef.of(EntityType.JOB, id), Map.of("kind", handler.kind()))
                .afterCommit(news.queuedJobs()::raise);
        return change.create(JobKinds.JOB, id, job);
    }

    private <T> String write(JobHandler<T> handler, T input) {
        try {
            return json.writeValueAsString(Argument.of(handler.input()), input);
        } catch (IOException e) {
            throw SlipwayException.internal(
                    "job.unwritable", "The input of a job of kind " + handler.kind() + " has no JSON form.", e);
        }
    }

    /** A job that waits for another is itself cancelled while it waits. */
    @Override
    public Entity<JobId, Job> await(JobId id) throws InterruptedException {
        long handlerDeadline = 0;
        while (true) {
            long seen = news.endedJobs().count();
            RunningJob.current().ifPresent(RunningJob::checkStop);
            Entity<JobId, Job> job = entities.get(JobKinds.JOB, id);
            if (job.body().state() == JobState.SUCCEEDED) {
                return job;
            }
            if (job.body().state().isFinal()) {
                if (handlerDeadline == 0) {
                    handlerDeadline = System.nanoTime() + HANDLER_PATIENCE.toNanos();
                }
                boolean handlerKnows = entities.claim(Fence.claim(id)).isEmpty();
                if (handlerKnows || System.nanoTime() - handlerDeadline >= 0) {
                    throw JobErrors.exception(Objects.requireNonNull(job.body().failure()));
                }
            }
            news.endedJobs().await(seen, configuration.poll());
        }
    }
}
