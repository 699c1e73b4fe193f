package dev.slipway.training.pipeline;

import dev.slipway.api.monitoring.MonitoringApi;
import dev.slipway.api.training.Pipeline;
import dev.slipway.api.training.PipelineOutputs;
import dev.slipway.api.training.PipelineRun;
import dev.slipway.api.training.StartPipeline;
import dev.slipway.api.training.StepRecord;
import dev.slipway.api.training.StepState;
import dev.slipway.kernel.EdgeType;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.EntityRef;
import dev.slipway.kernel.EntityType;
import dev.slipway.kernel.Page;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.id.AlertId;
import dev.slipway.kernel.id.JobId;
import dev.slipway.kernel.id.PipelineId;
import dev.slipway.kernel.id.PipelineRunId;
import dev.slipway.runtime.entity.Entities;
import dev.slipway.runtime.jobs.Jobs;
import dev.slipway.store.graph.IndexValue;
import dev.slipway.training.ClaimedEntities;
import dev.slipway.training.TrainingKinds;
import io.micronaut.context.BeanProvider;
import io.micronaut.core.annotation.Nullable;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Starts and finds pipeline runs. */
@Singleton
public final class PipelineRuns {
    private final Pipelines pipelines;
    private final Entities entities;
    private final ClaimedEntities claimed;
    private final Jobs jobs;
    private final PipelineHandler handler;
    private final BeanProvider<MonitoringApi> monitoring;

    PipelineRuns(
            Pipelines pipelines,
            Entities entities,
            ClaimedEntities claimed,
            Jobs jobs,
            PipelineHandler handler,
            BeanProvider<MonitoringApi> monitoring) {
        this.pipelines = pipelines;
        this.entities = entities;
        this.claimed = claimed;
        this.jobs = jobs;
        this.handler = handler;
        this.monitoring = monitoring;
    }

    static EntityRef ref(PipelineRunId id) {
        return EntityRef.of(EntityType.PIPELINE_RUN, id);
    }

    /** Makes a pipeline run with the pipeline's steps as they are now, and its job. */
    public Entity<PipelineRunId, PipelineRun> start(PipelineId id, StartPipeline request) {
        Entity<PipelineId, Pipeline> pipeline = pipelines.get(id);
        checkAlert(request.cause());
        List<StepRecord> steps = pipeline.body().steps().stream()
                .map(step -> new StepRecord(step, StepState.WAITING, null, null, null, null, null, null))
                .toList();
        return claimed.once(TrainingKinds.PIPELINE_RUN, "pipeline-run", request.idempotencyKey(), (change, run) -> {
            JobId job = entities.newId(JobId::new);
            jobs.enqueue(change, job, handler, ref(run), new PipelineInput(run));
            if (request.cause() != null) {
                change.link(ref(run), EdgeType.TRIGGERED_BY, EntityRef.of(EntityType.ALERT, request.cause()));
            }
            change.event(
                    "pipeline-run.started",
                    ref(run),
                    Map.of("pipeline", id.value(), "name", pipeline.body().name()));
            return change.create(
                    TrainingKinds.PIPELINE_RUN,
                    run,
                    new PipelineRun(id, job, steps, PipelineOutputs.NONE, request.cause()));
        });
    }

    private void checkAlert(@Nullable AlertId alert) {
        if (alert != null && monitoring.get().alerts(List.of(alert)).isEmpty()) {
            throw SlipwayException.notFound(
                    "alert.unknown", "There is no alert " + alert + " that could cause a pipeline run.");
        }
    }

    public Optional<Entity<PipelineRunId, PipelineRun>> find(PipelineRunId id) {
        return entities.find(TrainingKinds.PIPELINE_RUN, id);
    }

    public List<Entity<PipelineRunId, PipelineRun>> getAll(List<PipelineRunId> ids) {
        return entities.getAll(TrainingKinds.PIPELINE_RUN, ids);
    }

    /** The runs of a pipeline, newest first. */
    public Page<Entity<PipelineRunId, PipelineRun>> list(PipelineId pipeline, int limit, @Nullable String cursor) {
        return entities.query(
                TrainingKinds.PIPELINE_RUN,
                TrainingKinds.BY_PIPELINE,
                List.of(IndexValue.of(pipeline)),
                true,
                limit,
                cursor);
    }
}
