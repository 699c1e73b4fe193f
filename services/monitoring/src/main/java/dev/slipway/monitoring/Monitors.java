package dev.slipway.monitoring;

import dev.slipway.api.monitoring.CreateMonitor;
import dev.slipway.api.monitoring.DriftPolicy;
import dev.slipway.api.monitoring.Monitor;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.EntityRef;
import dev.slipway.kernel.EntityType;
import dev.slipway.kernel.Page;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.id.Id;
import dev.slipway.kernel.id.MonitorId;
import dev.slipway.runtime.entity.Change;
import dev.slipway.runtime.entity.Entities;
import dev.slipway.runtime.entity.EntityKind;
import dev.slipway.store.graph.IndexValue;
import io.micronaut.core.annotation.Nullable;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes monitors, and lists what belongs to them. */
@Singleton
final class Monitors {
    private final Entities entities;
    private final ProductionModels models;

    Monitors(Entities entities, ProductionModels models) {
        this.entities = entities;
        this.models = models;
    }

    /** The monitor of that name, made unless it is there. */
    Entity<MonitorId, Monitor> create(CreateMonitor request) {
        Limits.checkText("monitoring.name", "A monitor's name", request.name());
        String claim = "monitor-name/" + request.name();
        Optional<Entity<MonitorId, Monitor>> existing = entities.claimed(MonitoringKinds.MONITOR, claim);
        if (existing.isPresent()) {
            return existing.get();
        }
        Limits.checkText("monitoring.channel", "A channel's name", request.channel());
        Limits.checkPresent("The request", request.model());
        DriftPolicy policy = request.policy() == null ? DriftPolicy.DEFAULT : request.policy();
        check(policy);
        models.requireModel(request.model());
        Change change = entities.change();
        MonitorId id = entities.newId(MonitorId::new);
        change.take(claim, id);
        var monitor = change.create(
                MonitoringKinds.MONITOR, id, new Monitor(request.name(), request.model(), request.channel(), policy));
        change.event("monitor.created", EntityRef.of(EntityType.MONITOR, id), Map.of("name", request.name()));
        try {
            change.commit();
            return monitor;
        } catch (SlipwayException e) {
            if (!e.code().equals("store.claim-taken")) {
                throw e;
            }
            return entities.claimed(MonitoringKinds.MONITOR, claim).orElseThrow(() -> e);
        }
    }

    Entity<MonitorId, Monitor> get(MonitorId id) {
        return entities.get(MonitoringKinds.MONITOR, id);
    }

    Page<Entity<MonitorId, Monitor>> list(int limit, @Nullable String cursor) {
        return entities.query(MonitoringKinds.MONITOR, MonitoringKinds.ALL, List.of(), true, limit, cursor);
    }

    /** What belongs to a monitor, newest first. */
    <I extends Id, B> Page<Entity<I, B>> listOf(
            EntityKind<I, B> kind, MonitorId monitor, int limit, @Nullable String cursor) {
        get(monitor);
        return entities.query(kind, MonitoringKinds.BY_MONITOR, List.of(IndexValue.of(monitor)), true, limit, cursor);
    }

    private static void check(DriftPolicy policy) {
        boolean holds = policy.psiThreshold() > 0
                && Double.isFinite(policy.psiThreshold())
                && policy.ksPValue() > 0
                && policy.ksPValue() < 1
                && policy.featureShare() >= 0
                && policy.featureShare() <= 1
                && policy.minimumSamples() >= 1
                && policy.minimumSamples() <= Window.MAX_BATCHES;
        if (!holds) {
            throw SlipwayException.invalid(
                    "monitoring.policy",
                    "A drift policy has a psiThreshold above 0, a ksPValue between 0 and 1, a featureShare of 0 to 1 and"
                            + " minimumSamples of 1 to " + Window.MAX_BATCHES + ", not " + policy + ".");
        }
    }
}
