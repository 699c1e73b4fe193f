package dev.slipway.monitoring;

import dev.slipway.api.monitoring.SaveTrigger;
import dev.slipway.api.monitoring.Trigger;
import dev.slipway.api.training.PipelinesApi;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.EntityRef;
import dev.slipway.kernel.EntityType;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.id.PipelineId;
import dev.slipway.kernel.id.PipelineRunId;
import dev.slipway.kernel.id.TriggerId;
import dev.slipway.runtime.entity.Change;
import dev.slipway.runtime.entity.Entities;
import dev.slipway.runtime.entity.Retries;
import dev.slipway.store.graph.ClaimChange;
import io.micronaut.core.annotation.Nullable;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Makes, changes and deletes triggers. */
@Singleton
final class Triggers {
    private static final long MAX_COOLDOWN_SECONDS = TimeUnit.DAYS.toSeconds(3660);

    private final Entities entities;
    private final PipelinesApi pipelines;

    Triggers(Entities entities, PipelinesApi pipelines) {
        this.entities = entities;
        this.pipelines = pipelines;
    }

    /** Makes the trigger, or changes the one of that name, which keeps what it has done. */
    Entity<TriggerId, Trigger> save(SaveTrigger request) {
        Limits.checkText("monitoring.name", "A trigger's name", request.name());
        if (request.cooldownSeconds() < 0 || request.cooldownSeconds() > MAX_COOLDOWN_SECONDS) {
            throw SlipwayException.invalid(
                    "monitoring.cooldown",
                    "A trigger's cooldown is 0 to " + MAX_COOLDOWN_SECONDS + " seconds, not "
                            + request.cooldownSeconds() + ".");
        }
        Limits.checkPresent("The request", request.monitor(), request.pipeline());
        entities.get(MonitoringKinds.MONITOR, request.monitor());
        requirePipeline(request.pipeline());
        return Retries.onConflict(() -> write(request));
    }

    private Entity<TriggerId, Trigger> write(SaveTrigger request) {
        String claim = claim(request.name());
        Optional<Entity<TriggerId, Trigger>> existing = entities.claimed(MonitoringKinds.TRIGGER, claim);
        Change change = entities.change();
        Entity<TriggerId, Trigger> saved;
        if (existing.isPresent()) {
            saved = change.update(
                    MonitoringKinds.TRIGGER,
                    existing.get().with(before -> body(request, before.lastFired(), before.pipelineRun())));
        } else {
            TriggerId id = entities.newId(TriggerId::new);
            change.take(claim, id);
            saved = change.create(MonitoringKinds.TRIGGER, id, body(request, null, null));
        }
        change.event(
                "trigger.saved",
                EntityRef.of(EntityType.TRIGGER, saved.id()),
                Map.of("monitor", request.monitor().value()));
        change.commit();
        return saved;
    }

    /** Fails with {@code trigger.unknown}. */
    Entity<TriggerId, Trigger> delete(TriggerId id) {
        return Retries.onConflict(() -> {
            Entity<TriggerId, Trigger> trigger = entities.get(MonitoringKinds.TRIGGER, id);
            if (trigger.body().deleted() != null) {
                return trigger;
            }
            Change change = entities.change();
            Entity<TriggerId, Trigger> deleted = change.update(
                    MonitoringKinds.TRIGGER,
                    trigger.with(before -> new Trigger(
                            before.name(),
                            before.monitor(),
                            before.pipeline(),
                            before.cooldownSeconds(),
                            before.lastFired(),
                            before.pipelineRun(),
                            change.now())));
            change.claim(new ClaimChange.Release(claim(trigger.body().name()), id.value()))
                    .event(
                            "trigger.deleted",
                            EntityRef.of(EntityType.TRIGGER, id),
                            Map.of("monitor", trigger.body().monitor().value()))
                    .commit();
            return deleted;
        });
    }

    private static String claim(String name) {
        return "trigger-name/" + name;
    }

    private static Trigger body(SaveTrigger request, @Nullable Long lastFired, @Nullable PipelineRunId pipelineRun) {
        return new Trigger(
                request.name(),
                request.monitor(),
                request.pipeline(),
                request.cooldownSeconds(),
                lastFired,
                pipelineRun,
                null);
    }

    private void requirePipeline(PipelineId id) {
        if (pipelines.pipeline(id) == null) {
            throw SlipwayException.notFound(
                    "monitoring.unknown-pipeline", "There is no pipeline " + id + "; save it first.");
        }
    }
}
