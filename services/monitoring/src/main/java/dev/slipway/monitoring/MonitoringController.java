package dev.slipway.monitoring;

import dev.slipway.api.SampleFile;
import dev.slipway.api.jobs.Job;
import dev.slipway.api.monitoring.Alert;
import dev.slipway.api.monitoring.CreateMonitor;
import dev.slipway.api.monitoring.DriftReport;
import dev.slipway.api.monitoring.LogLabels;
import dev.slipway.api.monitoring.LogPredictions;
import dev.slipway.api.monitoring.Monitor;
import dev.slipway.api.monitoring.MonitoringApi;
import dev.slipway.api.monitoring.PredictionBatch;
import dev.slipway.api.monitoring.SaveTrigger;
import dev.slipway.api.monitoring.Trigger;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.Page;
import dev.slipway.kernel.id.AlertId;
import dev.slipway.kernel.id.DriftReportId;
import dev.slipway.kernel.id.JobId;
import dev.slipway.kernel.id.MonitorId;
import dev.slipway.kernel.id.PredictionBatchId;
import dev.slipway.kernel.id.TriggerId;
import dev.slipway.runtime.entity.Entities;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.http.annotation.Controller;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.util.List;

/** The contract's implementation: passes each call to its use case. */
@Controller(MonitoringApi.PATH)
@ExecuteOn(TaskExecutors.BLOCKING)
class MonitoringController implements MonitoringApi {
    private final Entities entities;
    private final Monitors monitors;
    private final PredictionLog predictionLog;
    private final LabelLog labelLog;
    private final DriftChecks checks;
    private final Triggers triggers;
    private final LabelledExport export;

    MonitoringController(
            Entities entities,
            Monitors monitors,
            PredictionLog predictionLog,
            LabelLog labelLog,
            DriftChecks checks,
            Triggers triggers,
            LabelledExport export) {
        this.entities = entities;
        this.monitors = monitors;
        this.predictionLog = predictionLog;
        this.labelLog = labelLog;
        this.checks = checks;
        this.triggers = triggers;
        this.export = export;
    }

    @Override
    public Entity<MonitorId, Monitor> createMonitor(CreateMonitor request) {
        return monitors.create(request);
    }

    @Override
    @Nullable
    public Entity<MonitorId, Monitor> monitor(MonitorId id) {
        return entities.find(MonitoringKinds.MONITOR, id).orElse(null);
    }

    @Override
    public List<Entity<MonitorId, Monitor>> monitors(List<MonitorId> ids) {
        return entities.getAll(MonitoringKinds.MONITOR, ids);
    }

    @Override
    public Page<Entity<MonitorId, Monitor>> listMonitors(int limit, @Nullable String cursor) {
        return monitors.list(limit, cursor);
    }

    @Override
    public Entity<PredictionBatchId, PredictionBatch> logPredictions(MonitorId id, LogPredictions request) {
        return contract(predictionLog.log(id, request));
    }

    @Override
    public void logLabels(MonitorId id, LogLabels request) {
        labelLog.log(id, request);
    }

    @Override
    public Page<Entity<PredictionBatchId, PredictionBatch>> listBatches(
            MonitorId id, int limit, @Nullable String cursor) {
        return monitors.listOf(MonitoringKinds.BATCH, id, limit, cursor).map(MonitoringController::contract);
    }

    @Override
    public Entity<JobId, Job> checkDrift(MonitorId id) {
        return checks.start(id);
    }

    @Override
    public Page<Entity<DriftReportId, DriftReport>> listReports(MonitorId id, int limit, @Nullable String cursor) {
        return monitors.listOf(MonitoringKinds.REPORT, id, limit, cursor);
    }

    @Override
    public List<Entity<DriftReportId, DriftReport>> reports(List<DriftReportId> ids) {
        return entities.getAll(MonitoringKinds.REPORT, ids);
    }

    @Override
    public Page<Entity<AlertId, Alert>> listAlerts(MonitorId id, int limit, @Nullable String cursor) {
        return monitors.listOf(MonitoringKinds.ALERT, id, limit, cursor);
    }

    @Override
    public List<Entity<AlertId, Alert>> alerts(List<AlertId> ids) {
        return entities.getAll(MonitoringKinds.ALERT, ids);
    }

    @Override
    public Entity<TriggerId, Trigger> saveTrigger(SaveTrigger request) {
        return triggers.save(request);
    }

    @Override
    public Entity<TriggerId, Trigger> deleteTrigger(TriggerId id) {
        return triggers.delete(id);
    }

    @Override
    public Page<Entity<TriggerId, Trigger>> listTriggers(MonitorId id, int limit, @Nullable String cursor) {
        return monitors.listOf(MonitoringKinds.TRIGGER, id, limit, cursor);
    }

    @Override
    public SampleFile exportLabelled(MonitorId id) {
        return export.export(id);
    }

    private static Entity<PredictionBatchId, PredictionBatch> contract(Entity<PredictionBatchId, StoredBatch> stored) {
        return new Entity<>(
                stored.id(),
                stored.revision(),
                stored.created(),
                stored.updated(),
                stored.body().batch());
    }
}
