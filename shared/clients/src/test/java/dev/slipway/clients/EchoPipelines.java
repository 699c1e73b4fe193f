package dev.slipway.clients;

import dev.slipway.api.training.Pipeline;
import dev.slipway.api.training.PipelineRun;
import dev.slipway.api.training.PipelinesApi;
import dev.slipway.api.training.StartPipeline;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.Page;
import dev.slipway.kernel.id.PipelineId;
import dev.slipway.kernel.id.PipelineRunId;
import io.micronaut.context.annotation.Requires;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.http.annotation.Controller;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.util.List;

/** Gives back the pipelines it is given. */
@Controller(PipelinesApi.PATH)
@ExecuteOn(TaskExecutors.BLOCKING)
@Requires(property = "test.echo")
class EchoPipelines implements PipelinesApi {
    @Override
    public Entity<PipelineId, Pipeline> save(Pipeline pipeline) {
        return new Entity<>(new PipelineId("3".repeat(32)), 1, 2, 3, pipeline);
    }

    @Override
    public @Nullable Entity<PipelineId, Pipeline> pipeline(PipelineId id) {
        return null;
    }

    @Override
    public Page<Entity<PipelineId, Pipeline>> list(int limit, @Nullable String cursor) {
        return Page.last(List.of());
    }

    @Override
    public Entity<PipelineRunId, PipelineRun> start(PipelineId id, StartPipeline request) {
        throw new UnsupportedOperationException("no test asks for it");
    }

    @Override
    public @Nullable Entity<PipelineRunId, PipelineRun> run(PipelineRunId id) {
        return null;
    }

    @Override
    public List<Entity<PipelineRunId, PipelineRun>> runs(List<PipelineRunId> ids) {
        return List.of();
    }

    @Override
    public Page<Entity<PipelineRunId, PipelineRun>> listRuns(PipelineId id, int limit, @Nullable String cursor) {
        return Page.last(List.of());
    }
}
