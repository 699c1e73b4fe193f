package dev.slipway.runtime.jobs;

import dev.slipway.api.jobs.Job;
import dev.slipway.api.jobs.JobProgress;
import dev.slipway.api.jobs.JobsApi;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.Page;
import dev.slipway.kernel.id.EntityId;
import dev.slipway.kernel.id.JobId;
import dev.slipway.runtime.entity.Entities;
import io.micronaut.context.annotation.Requires;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.http.annotation.Controller;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.util.List;

/** Answers for the jobs of all services. */
@Controller(JobsApi.PATH)
@ExecuteOn(TaskExecutors.BLOCKING)
@Requires(property = "slipway.services.runtime", notEquals = "false")
class JobsController implements JobsApi {
    private final Entities entities;
    private final JobTransitions transitions;

    JobsController(Entities entities, JobTransitions transitions) {
        this.entities = entities;
        this.transitions = transitions;
    }

    @Override
    public @Nullable Entity<JobId, Job> job(JobId id) {
        return entities.find(JobKinds.JOB, id).orElse(null);
    }

    @Override
    public List<Entity<JobId, Job>> jobs(List<JobId> ids) {
        return entities.getAll(JobKinds.JOB, ids);
    }

    @Override
    public Page<Entity<JobId, Job>> list(int limit, @Nullable String cursor) {
        return entities.query(JobKinds.JOB, JobKinds.ALL, List.of(), true, limit, cursor);
    }

    @Override
    public List<JobProgress> progress(List<JobId> ids) {
        return entities
                .getAll(
                        JobKinds.JOB_PROGRESS,
                        ids.stream().map(JobKinds::progressOf).toList())
                .stream()
                .map(Entity<EntityId, JobProgress>::body)
                .toList();
    }

    @Override
    public Entity<JobId, Job> cancel(JobId id) {
        return transitions.cancel(id);
    }
}
