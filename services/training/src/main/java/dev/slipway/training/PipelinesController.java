package dev.slipway.training;

import dev.slipway.api.training.Pipeline;
import dev.slipway.api.training.PipelineRun;
import dev.slipway.api.training.PipelinesApi;
import dev.slipway.api.training.StartPipeline;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.Page;
import dev.slipway.kernel.id.PipelineId;
import dev.slipway.kernel.id.PipelineRunId;
import dev.slipway.training.pipeline.PipelineRuns;
import dev.slipway.training.pipeline.Pipelines;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.http.annotation.Controller;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.util.List;

/** The contract of pipelines. */
@Controller(PipelinesApi.PATH)
@ExecuteOn(TaskExecutors.BLOCKING)
class PipelinesController implements PipelinesApi {
    private final Pipelines pipelines;
    private final PipelineRuns runs;

    PipelinesController(Pipelines pipelines, PipelineRuns runs) {
        this.pipelines = pipelines;
        this.runs = runs;
    }

    @Override
    public Entity<PipelineId, Pipeline> save(Pipeline pipeline) {
        return pipelines.save(pipeline);
    }

    @Override
    public @Nullable Entity<PipelineId, Pipeline> pipeline(PipelineId id) {
        return pipelines.find(id).orElse(null);
    }

    @Override
    public Page<Entity<PipelineId, Pipeline>> list(int limit, @Nullable String cursor) {
        return pipelines.list(limit, cursor);
    }

    @Override
    public Entity<PipelineRunId, PipelineRun> start(PipelineId id, StartPipeline request) {
        return runs.start(id, request);
    }

    @Override
    public @Nullable Entity<PipelineRunId, PipelineRun> run(PipelineRunId id) {
        return runs.find(id).orElse(null);
    }

    @Override
    public List<Entity<PipelineRunId, PipelineRun>> runs(List<PipelineRunId> ids) {
        return runs.getAll(ids);
    }

    @Override
    public Page<Entity<PipelineRunId, PipelineRun>> listRuns(PipelineId id, int limit, @Nullable String cursor) {
        return runs.list(id, limit, cursor);
    }
}
