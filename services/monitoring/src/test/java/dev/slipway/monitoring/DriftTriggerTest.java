package dev.slipway.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.api.monitoring.Alert;
import dev.slipway.api.monitoring.MonitoringApi;
import dev.slipway.api.monitoring.SaveTrigger;
import dev.slipway.api.monitoring.Trigger;
import dev.slipway.kernel.Caller;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.EntityRef;
import dev.slipway.kernel.EntityType;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.Workspace;
import dev.slipway.kernel.id.AlertId;
import dev.slipway.kernel.id.DriftReportId;
import dev.slipway.kernel.id.EventId;
import dev.slipway.kernel.id.ModelId;
import dev.slipway.kernel.id.MonitorId;
import dev.slipway.kernel.id.PipelineId;
import dev.slipway.kernel.id.TriggerId;
import dev.slipway.runtime.caller.Callers;
import dev.slipway.runtime.entity.Change;
import dev.slipway.runtime.entity.Entities;
import dev.slipway.store.graph.Event;
import dev.slipway.store.graph.NewEvent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DriftTriggerTest {
    private TestingInstallation installation;
    private MonitoringApi api;
    private TestingPipelines pipelines;
    private MonitorId monitor;
    private PipelineId pipeline;

    @BeforeAll
    void open(@TempDir Path folder) {
        installation = new TestingInstallation(folder);
        api = installation.api;
        pipelines = installation.bean(TestingPipelines.class);
    }

    @AfterAll
    void close() {
        installation.close();
    }

    @BeforeEach
    void makeMonitor() {
        ModelId model = installation.model();
        monitor = installation.monitor(model);
        pipeline = installation.pipeline();
    }

    @Test
    void anAlertStartsThePipelineAndTheTriggerTellsSo() {
        var trigger = save("t-" + monitor, 3600);
        var alert = raise("alert.raised");
        await(() -> trigger(trigger.id()).lastFired() != null);
        String key = "trigger/" + trigger.id() + "/" + alert.id();
        var run = pipelines.started.get(key);
        assertThat(run.body().cause()).isEqualTo(alert.id());
        assertThat(trigger(trigger.id()).lastFired()).isEqualTo(alert.created());
        assertThat(trigger(trigger.id()).pipelineRun()).isEqualTo(run.id());
    }

    @Test
    void readingAnEventAgainStartsNothingNew() {
        var trigger = save("t-" + monitor, 0);
        var alert = raise("test.alert");
        read(alert);
        var once = triggerEntity(trigger.id());
        read(alert);
        assertThat(triggerEntity(trigger.id())).isEqualTo(once);
        assertThat(runsCausedBy(alert)).isEqualTo(1);
    }

    @Test
    void aSecondAlertWithinTheCooldownStartsNothing() {
        var trigger = save("t-" + monitor, 3600);
        var first = raise("test.alert");
        var second = raise("test.alert");
        read(second);
        read(first);
        read(second);
        assertThat(runsCausedBy(first)).isZero();
        assertThat(runsCausedBy(second)).isEqualTo(1);
        assertThat(trigger(trigger.id()).lastFired()).isEqualTo(second.created());
    }

    @Test
    void aTriggerThatFailsKeepsNoOtherFromFiring() {
        var broken = save("broken-" + monitor, 0);
        pipelines.pipelines.remove(pipeline);
        pipeline = installation.pipeline();
        var sound = save("sound-" + monitor, 0);
        var alert = raise("test.alert");
        assertThatThrownBy(() -> read(alert)).isInstanceOfSatisfying(SlipwayException.class, e -> assertThat(e.code())
                .isEqualTo("pipeline.unknown"));
        assertThat(trigger(broken.id()).lastFired()).isNull();
        assertThat(trigger(sound.id()).lastFired()).isEqualTo(alert.created());
    }

    @Test
    void savingATriggerAgainChangesItAndKeepsWhatItHasDone() {
        var made = save("t-" + monitor, 5);
        var alert = raise("test.alert");
        read(alert);
        var changed = save("t-" + monitor, 60);
        assertThat(changed.id()).isEqualTo(made.id());
        assertThat(changed.body().cooldownSeconds()).isEqualTo(60);
        assertThat(changed.body().lastFired()).isEqualTo(alert.created());
        assertThat(triggers()).containsExactly(changed);
    }

    @Test
    void aDeletedTriggerFiresNoMoreAndFreesItsName() {
        var trigger = save("t-" + monitor, 0);
        var deleted = installation.call(() -> api.deleteTrigger(trigger.id()));
        var alert = raise("test.alert");
        read(alert);
        assertThat(deleted.body().deleted()).isNotNull();
        assertThat(runsCausedBy(alert)).isZero();
        assertThat(triggers()).isEmpty();
        assertThat(save("t-" + monitor, 0).id()).isNotEqualTo(trigger.id());
        assertThat(installation.call(() -> api.deleteTrigger(trigger.id()))).isEqualTo(deleted);
    }

    @Test
    void aTriggerNeedsAMonitorAPipelineAndASensibleCooldown() {
        fails("monitor.unknown", new SaveTrigger("x", installation.id(MonitorId::new), pipeline, 0));
        fails("monitoring.unknown-pipeline", new SaveTrigger("x", monitor, installation.id(PipelineId::new), 0));
        fails("monitoring.cooldown", new SaveTrigger("x", monitor, pipeline, -1));
        fails("monitoring.name", new SaveTrigger("", monitor, pipeline, 0));
        assertThat(triggers()).isEmpty();
    }

    private void fails(String code, SaveTrigger request) {
        assertThatThrownBy(() -> installation.call(() -> api.saveTrigger(request)))
                .isInstanceOfSatisfying(
                        SlipwayException.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    private Entity<TriggerId, Trigger> save(String name, long cooldown) {
        return installation.call(() -> api.saveTrigger(new SaveTrigger(name, monitor, pipeline, cooldown)));
    }

    /** Only the type {@code alert.raised} is read by the installation's own tailer. */
    private Entity<AlertId, Alert> raise(String eventType) {
        return installation.call(() -> {
            Entities entities = installation.bean(Entities.class);
            Change change = entities.change();
            AlertId id = entities.newId(AlertId::new);
            var alert = change.create(
                    MonitoringKinds.ALERT, id, new Alert(monitor, installation.id(DriftReportId::new), "drift"));
            change.event(eventType, EntityRef.of(EntityType.ALERT, id), Map.of());
            change.commit();
            return alert;
        });
    }

    private void read(Entity<AlertId, Alert> alert) {
        NewEvent event = new NewEvent(
                installation.id(EventId::new),
                "alert.raised",
                EntityRef.of(EntityType.ALERT, alert.id()),
                "test",
                alert.created(),
                "{}");
        installation.bean(Callers.class).runAs(Caller.service("test", Workspace.DEFAULT), () -> installation
                .bean(DriftTrigger.class)
                .read(new Event(1, Workspace.DEFAULT, event)));
    }

    private long runsCausedBy(Entity<AlertId, Alert> alert) {
        return pipelines.started.values().stream()
                .filter(run -> alert.id().equals(run.body().cause()))
                .count();
    }

    private List<Entity<TriggerId, Trigger>> triggers() {
        return installation.call(() -> api.listTriggers(monitor, 10, null)).items();
    }

    private Entity<TriggerId, Trigger> triggerEntity(TriggerId id) {
        return triggers().stream()
                .filter(trigger -> trigger.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private Trigger trigger(TriggerId id) {
        return triggerEntity(id).body();
    }

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("gave up waiting").isLessThan(deadline);
            Thread.onSpinWait();
        }
    }
}
