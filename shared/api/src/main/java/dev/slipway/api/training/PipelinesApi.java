package dev.slipway.api.training;

import dev.slipway.api.Allowed;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.Page;
import dev.slipway.kernel.Role;
import dev.slipway.kernel.id.PipelineId;
import dev.slipway.kernel.id.PipelineRunId;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import java.util.List;

/** Pipelines and their runs. */
@Allowed(Role.VIEWER)
public interface PipelinesApi {
    /** The path of the contract on the internal port. */
    String PATH = "/internal/v1/pipelines";

    /** Makes the pipeline, or gives the one of that name new steps. */
    @Post("/")
    @Allowed(Role.ENGINEER)
    Entity<PipelineId, Pipeline> save(@Body Pipeline pipeline);

    @Get("/{id}")
    @Nullable
    Entity<PipelineId, Pipeline> pipeline(@PathVariable PipelineId id);

    /** Newest first. */
    @Get("/{?limit,cursor}")
    Page<Entity<PipelineId, Pipeline>> list(
            @QueryValue(defaultValue = "50") int limit, @Nullable @QueryValue String cursor);

    @Post("/{id}/runs")
    @Allowed(Role.ENGINEER)
    Entity<PipelineRunId, PipelineRun> start(@PathVariable PipelineId id, @Body StartPipeline request);

    @Get("/runs/{id}")
    @Nullable
    Entity<PipelineRunId, PipelineRun> run(@PathVariable PipelineRunId id);

    /** Those that exist of at most 1000. */
    @Post("/runs/batch")
    List<Entity<PipelineRunId, PipelineRun>> runs(@Body List<PipelineRunId> ids);

    /** The runs of a pipeline, newest first. */
    @Get("/{id}/runs{?limit,cursor}")
    Page<Entity<PipelineRunId, PipelineRun>> listRuns(
            @PathVariable PipelineId id,
            @QueryValue(defaultValue = "50") int limit,
            @Nullable @QueryValue String cursor);
}
