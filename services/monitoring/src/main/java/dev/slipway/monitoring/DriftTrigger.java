package dev.slipway.monitoring;

import dev.slipway.api.monitoring.Alert;
import dev.slipway.api.monitoring.Trigger;
import dev.slipway.api.training.PipelinesApi;
import dev.slipway.api.training.StartPipeline;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.EntityRef;
import dev.slipway.kernel.EntityType;
import dev.slipway.kernel.ErrorKind;
import dev.slipway.kernel.Page;
import dev.slipway.kernel.Service;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.id.AlertId;
import dev.slipway.kernel.id.PipelineRunId;
import dev.slipway.kernel.id.TriggerId;
import dev.slipway.runtime.entity.Change;
import dev.slipway.runtime.entity.Entities;
import dev.slipway.runtime.entity.Retries;
import dev.slipway.runtime.events.EventReader;
import dev.slipway.store.graph.Event;
import dev.slipway.store.graph.IndexValue;
import io.micronaut.core.annotation.Nullable;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Starts the pipelines of a monitor's triggers when it raises an alert. The cooldown is judged by stored times alone, the
 * alert's and that of the alert that fired last, so it does not matter when or how often an event is read.
 */
@Singleton
final class DriftTrigger implements EventReader {
    private static final long MILLIS = 1000;

    private final Entities entities;
    private final PipelinesApi pipelines;

    DriftTrigger(Entities entities, PipelinesApi pipelines) {
        this.entities = entities;
        this.pipelines = pipelines;
    }

    @Override
    public Service service() {
        return Service.MONITORING;
    }

    @Override
    public String name() {
        return "drift-trigger";
    }

    @Override
    public Set<String> types() {
        return Set.of("alert.raised");
    }

    @Override
    public void read(Event event) {
        AlertId id = new AlertId(event.event().subject().id().value());
        Entity<AlertId, Alert> alert = entities.get(MonitoringKinds.ALERT, id);
        List<SlipwayException> failures = new ArrayList<>();
        Optional<String> cursor = Optional.empty();
        do {
            var page = triggers(alert.body(), cursor.orElse(null));
            for (Entity<TriggerId, Trigger> trigger : page.items()) {
                try {
                    fire(trigger, alert);
                } catch (SlipwayException e) {
                    // One trigger's trouble must not keep the others from firing.
                    failures.add(e);
                }
            }
            cursor = page.next();
        } while (cursor.isPresent());
        rethrow(failures);
    }

    private Page<Entity<TriggerId, Trigger>> triggers(Alert alert, @Nullable String cursor) {
        return entities.query(
                MonitoringKinds.TRIGGER,
                MonitoringKinds.BY_MONITOR,
                List.of(IndexValue.of(alert.monitor())),
                false,
                100,
                cursor);
    }

    private void fire(Entity<TriggerId, Trigger> trigger, Entity<AlertId, Alert> alert) {
        if (coolsDown(trigger.body(), alert)) {
            return;
        }
        String key = "trigger/" + trigger.id() + "/" + alert.id();
        PipelineRunId run = pipelines
                .start(trigger.body().pipeline(), new StartPipeline(alert.id(), key))
                .id();
        Retries.onConflict(() -> record(trigger.id(), alert, run));
    }

    private Entity<TriggerId, Trigger> record(TriggerId id, Entity<AlertId, Alert> alert, PipelineRunId run) {
        Entity<TriggerId, Trigger> trigger = entities.get(MonitoringKinds.TRIGGER, id);
        if (run.equals(trigger.body().pipelineRun())) {
            return trigger;
        }
        Change change = entities.change();
        var fired = change.update(
                MonitoringKinds.TRIGGER,
                trigger.with(before -> new Trigger(
                        before.name(),
                        before.monitor(),
                        before.pipeline(),
                        before.cooldownSeconds(),
                        alert.created(),
                        run,
                        before.deleted())));
        change.event(
                "trigger.fired",
                EntityRef.of(EntityType.TRIGGER, id),
                Map.of("alert", alert.id().value(), "pipelineRun", run.value()));
        change.commit();
        return fired;
    }

    /** Also true for an alert older than the one that fired last. */
    private static boolean coolsDown(Trigger trigger, Entity<AlertId, Alert> alert) {
        Long lastFired = trigger.lastFired();
        return lastFired != null && alert.created() - lastFired < trigger.cooldownSeconds() * MILLIS;
    }

    /** One that may pass is thrown first, because only then the event is offered again. */
    private static void rethrow(List<SlipwayException> failures) {
        if (!failures.isEmpty()) {
            SlipwayException thrown = failures.stream()
                    .filter(failure -> failure.kind() == ErrorKind.UNAVAILABLE || failure.kind() == ErrorKind.CONFLICT)
                    .findFirst()
                    .orElse(failures.get(0));
            failures.stream().filter(failure -> failure != thrown).forEach(thrown::addSuppressed);
            throw thrown;
        }
    }
}
