package dev.slipway.api.jobs;

import dev.slipway.api.Allowed;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.Page;
import dev.slipway.kernel.Role;
import dev.slipway.kernel.id.JobId;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import java.util.List;

/** The jobs of all services. Any process can answer, because jobs stand in the shared graph store. */
@Allowed(Role.VIEWER)
public interface JobsApi {
    /** The path of the contract on the internal port. */
    String PATH = "/internal/v1/jobs";

    @Get("/{id}")
    @Nullable
    Entity<JobId, Job> job(@PathVariable JobId id);

    /** Those that exist of at most 1000. */
    @Post("/batch")
    List<Entity<JobId, Job>> jobs(@Body List<JobId> ids);

    /** Newest first. */
    @Get("/{?limit,cursor}")
    Page<Entity<JobId, Job>> list(@QueryValue(defaultValue = "50") int limit, @Nullable @QueryValue String cursor);

    /** The progress of those of at most 1000 jobs that have reported any. */
    @Post("/progress")
    List<JobProgress> progress(@Body List<JobId> ids);

    /**
     * Asks a job to stop. A queued one is cancelled at once, a running one soon; one that has ended stays as it is.
     *
     * @throws dev.slipway.kernel.SlipwayException {@code job.unknown}
     */
    @Post("/{id}/cancel")
    @Allowed(Role.ENGINEER)
    Entity<JobId, Job> cancel(@PathVariable JobId id);
}
