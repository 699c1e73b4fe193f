package dev.slipway.training.pipeline;

import dev.slipway.api.training.Pipeline;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.EntityRef;
import dev.slipway.kernel.EntityType;
import dev.slipway.kernel.Page;
import dev.slipway.kernel.id.PipelineId;
import dev.slipway.runtime.entity.Change;
import dev.slipway.runtime.entity.Entities;
import dev.slipway.runtime.entity.Retries;
import dev.slipway.training.ClaimedEntities;
import dev.slipway.training.TrainingKinds;
import io.micronaut.core.annotation.Nullable;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Saves and finds pipelines. */
@Singleton
public final class Pipelines {
    private final Entities entities;
    private final ClaimedEntities claimed;

    Pipelines(Entities entities, ClaimedEntities claimed) {
        this.entities = entities;
        this.claimed = claimed;
    }

    /** Makes the pipeline, or gives the one of that name new steps. */
    public Entity<PipelineId, Pipeline> save(Pipeline pipeline) {
        Pipeline checked = PipelineCheck.check(pipeline);
        return Retries.onConflict(() -> saveOnce(checked));
    }

    private Entity<PipelineId, Pipeline> saveOnce(Pipeline pipeline) {
        Entity<PipelineId, Pipeline> there =
                claimed.getOrCreate(TrainingKinds.PIPELINE, "pipeline-name/" + pipeline.name(), (change, id) -> {
                    tell(change, "pipeline.created", id, pipeline);
                    return change.create(TrainingKinds.PIPELINE, id, pipeline);
                });
        if (there.body().equals(pipeline)) {
            return there;
        }
        Change change = entities.change();
        Entity<PipelineId, Pipeline> changed = change.update(TrainingKinds.PIPELINE, there.with(body -> pipeline));
        tell(change, "pipeline.updated", there.id(), pipeline);
        change.commit();
        return changed;
    }

    private static void tell(Change change, String event, PipelineId id, Pipeline pipeline) {
        change.event(event, EntityRef.of(EntityType.PIPELINE, id), Map.of("name", pipeline.name()));
    }

    /** The pipeline, or {@code pipeline.unknown}. */
    Entity<PipelineId, Pipeline> get(PipelineId id) {
        return entities.get(TrainingKinds.PIPELINE, id);
    }

    public Optional<Entity<PipelineId, Pipeline>> find(PipelineId id) {
        return entities.find(TrainingKinds.PIPELINE, id);
    }

    public Page<Entity<PipelineId, Pipeline>> list(int limit, @Nullable String cursor) {
        return entities.query(TrainingKinds.PIPELINE, TrainingKinds.ALL, List.of(), true, limit, cursor);
    }
}
