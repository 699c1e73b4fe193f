package dev.slipway.training.pipeline;

import dev.slipway.api.training.Pipeline;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.EntityRef;
import dev.slipway.kernel.EntityType;
import dev.slipway.kernel.ErrorKind;
import dev.slipway.kernel.Page;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.id.PipelineId;
import dev.slipway.runtime.entity.Change;
import dev.slipway.runtime.entity.Entities;
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
    private static final int MAX_TRIES = 5;

    private final Entities entities;
    private final ClaimedEntities claimed;

    Pipelines(Entities entities, ClaimedEntities claimed) {
        this.entities = entities;
        this.claimed = claimed;
    }

    /** Makes the pipeline, or gives the one of that name new steps. */
    public Entity<PipelineId, Pipeline> save(Pipeline pipeline) {
        Pipeline checked = PipelineCheck.check(pipeline);
        for (int tries = 1; ; tries++) {
            Entity<PipelineId, Pipeline> there =
                    claimed.getOrCreate(TrainingKinds.PIPELINE, "pipeline-name/" + checked.name(), (change, id) -> {
                        tell(change, "pipeline.created", id, checked);
                        return change.create(TrainingKinds.PIPELINE, id, checked);
                    });
            if (there.body().equals(checked)) {
                return there;
            }
            try {
                Change change = entities.change();
                Entity<PipelineId, Pipeline> changed =
                        change.update(TrainingKinds.PIPELINE, there.with(body -> checked));
                tell(change, "pipeline.updated", there.id(), checked);
                change.commit();
                return changed;
            } catch (SlipwayException e) {
                if (e.kind() != ErrorKind.CONFLICT || tries == MAX_TRIES) {
                    throw e;
                }
            }
        }
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
