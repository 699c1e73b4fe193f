package dev.slipway.training.pipeline;

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
import io.micronaut.core.annotation.Nullable;
import jakarta.inject.Singleton;
import java.util.List;

/** A monitor that has seen ten labelled samples, and knows one alert. */
@Singleton
class TestMonitoring implements MonitoringApi {
    private final TestWork work;

    TestMonitoring(TestWork work) {
        this.work = work;
    }

    @Override
    public Entity<MonitorId, Monitor> createMonitor(CreateMonitor request) {
        throw new UnsupportedOperationException();
    }

    @Override
    public @Nullable Entity<MonitorId, Monitor> monitor(MonitorId id) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<Entity<MonitorId, Monitor>> monitors(List<MonitorId> ids) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Page<Entity<MonitorId, Monitor>> listMonitors(int limit, @Nullable String cursor) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Entity<PredictionBatchId, PredictionBatch> logPredictions(MonitorId id, LogPredictions request) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void logLabels(MonitorId id, LogLabels request) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Page<Entity<PredictionBatchId, PredictionBatch>> listBatches(
            MonitorId id, int limit, @Nullable String cursor) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Entity<JobId, Job> checkDrift(MonitorId id) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Page<Entity<DriftReportId, DriftReport>> listReports(MonitorId id, int limit, @Nullable String cursor) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<Entity<DriftReportId, DriftReport>> reports(List<DriftReportId> ids) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Page<Entity<AlertId, Alert>> listAlerts(MonitorId id, int limit, @Nullable String cursor) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<Entity<AlertId, Alert>> alerts(List<AlertId> ids) {
        return ids.contains(TestWork.ALERT)
                ? List.of(new Entity<>(
                        TestWork.ALERT,
                        1,
                        1,
                        1,
                        new Alert(
                                new MonitorId(TestWork.ALERT.value()),
                                new DriftReportId(TestWork.ALERT.value()),
                                "drift")))
                : List.of();
    }

    @Override
    public Entity<TriggerId, Trigger> saveTrigger(SaveTrigger request) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Entity<TriggerId, Trigger> deleteTrigger(TriggerId id) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Page<Entity<TriggerId, Trigger>> listTriggers(MonitorId id, int limit, @Nullable String cursor) {
        throw new UnsupportedOperationException();
    }

    @Override
    public SampleFile exportLabelled(MonitorId id) {
        work.note("collect");
        return TestWork.SAMPLES;
    }
}
