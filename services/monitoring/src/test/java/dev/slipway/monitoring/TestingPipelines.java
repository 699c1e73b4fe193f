package dev.slipway.monitoring;

import dev.slipway.api.training.Pipeline;
import dev.slipway.api.training.PipelineOutputs;
import dev.slipway.api.training.PipelineRun;
import dev.slipway.api.training.PipelinesApi;
import dev.slipway.api.training.StartPipeline;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.Page;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.id.IdGenerator;
import dev.slipway.kernel.id.JobId;
import dev.slipway.kernel.id.PipelineId;
import dev.slipway.kernel.id.PipelineRunId;
import io.micronaut.core.annotation.Nullable;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Pipelines that a test puts there, and runs that are started once per idempotency key. */
@Singleton
class TestingPipelines implements PipelinesApi {
    final Map<PipelineId, Entity<PipelineId, Pipeline>> pipelines = new ConcurrentHashMap<>();
    final Map<String, Entity<PipelineRunId, PipelineRun>> started = new ConcurrentHashMap<>();
    final ConcurrentLinkedQueue<StartPipeline> requests = new ConcurrentLinkedQueue<>();
    private final IdGenerator ids;

    TestingPipelines(IdGenerator ids) {
        this.ids = ids;
    }

    @Override
    public Entity<PipelineRunId, PipelineRun> start(PipelineId id, StartPipeline request) {
        if (!pipelines.containsKey(id)) {
            throw SlipwayException.notFound("pipeline.unknown", "There is no pipeline " + id + ".");
        }
        requests.add(request);
        return started.computeIfAbsent(
                String.valueOf(request.idempotencyKey()),
                key -> new Entity<>(
                        ids.next(PipelineRunId::new),
                        1,
                        0,
                        0,
                        new PipelineRun(id, ids.next(JobId::new), List.of(), PipelineOutputs.NONE, request.cause())));
    }

    @Override
    @Nullable
    public Entity<PipelineId, Pipeline> pipeline(PipelineId id) {
        return pipelines.get(id);
    }

    @Override
    public Entity<PipelineId, Pipeline> save(Pipeline pipeline) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Page<Entity<PipelineId, Pipeline>> list(int limit, @Nullable String cursor) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Entity<PipelineRunId, PipelineRun> run(PipelineRunId id) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<Entity<PipelineRunId, PipelineRun>> runs(List<PipelineRunId> ids) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Page<Entity<PipelineRunId, PipelineRun>> listRuns(PipelineId id, int limit, @Nullable String cursor) {
        throw new UnsupportedOperationException();
    }
}
