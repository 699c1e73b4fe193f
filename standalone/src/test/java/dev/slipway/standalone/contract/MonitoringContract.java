package dev.slipway.standalone.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.Sample;
import dev.slipway.api.SampleFile;
import dev.slipway.api.jobs.Job;
import dev.slipway.api.jobs.JobState;
import dev.slipway.api.monitoring.CreateMonitor;
import dev.slipway.api.monitoring.DriftPolicy;
import dev.slipway.api.monitoring.LogLabels;
import dev.slipway.api.monitoring.LogPredictions;
import dev.slipway.api.monitoring.LoggedPrediction;
import dev.slipway.api.monitoring.Monitor;
import dev.slipway.api.monitoring.MonitoringApi;
import dev.slipway.api.monitoring.PredictionBatch;
import dev.slipway.api.monitoring.SaveTrigger;
import dev.slipway.api.monitoring.Trigger;
import dev.slipway.api.monitoring.TrueLabel;
import dev.slipway.api.registry.ModelVersion;
import dev.slipway.api.training.Pipeline;
import dev.slipway.api.training.PipelineStep;
import dev.slipway.api.training.PipelinesApi;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.EntityRef;
import dev.slipway.kernel.EntityType;
import dev.slipway.kernel.ErrorKind;
import dev.slipway.kernel.Role;
import dev.slipway.kernel.Service;
import dev.slipway.kernel.id.AlertId;
import dev.slipway.kernel.id.DriftReportId;
import dev.slipway.kernel.id.JobId;
import dev.slipway.kernel.id.ModelId;
import dev.slipway.kernel.id.ModelVersionId;
import dev.slipway.kernel.id.MonitorId;
import dev.slipway.kernel.id.PipelineId;
import dev.slipway.kernel.id.PredictionBatchId;
import dev.slipway.kernel.id.ProjectId;
import dev.slipway.kernel.id.TriggerId;
import java.util.List;
import org.junit.jupiter.api.Test;

abstract class MonitoringContract extends Contract {
    private static final MonitorId UNKNOWN = new MonitorId(NOBODY);

    private final MonitoringApi monitoring = bean(MonitoringApi.class);

    MonitoringContract(Binding binding) {
        super(binding);
    }

    @Test
    void whatIsUnknownIsNull() {
        assertThat(monitoring.monitor(UNKNOWN)).isNull();
        assertThat(monitoring.monitors(List.of(UNKNOWN))).isEmpty();
        assertThat(monitoring.reports(List.of(new DriftReportId(NOBODY)))).isEmpty();
        assertThat(monitoring.alerts(List.of(new AlertId(NOBODY)))).isEmpty();
    }

    @Test
    void aMonitorIsReadAsItWasMade() {
        ModelId model = given().model();
        DriftPolicy policy = new DriftPolicy(Double.MIN_VALUE, 0.1 + 0.2, 1, 7);

        Entity<MonitorId, Monitor> made =
                monitoring.createMonitor(new CreateMonitor("cats", model, "production", policy));

        assertThat(made.body()).isEqualTo(new Monitor("cats", model, "production", policy));
        assertThat(monitoring.monitor(made.id())).isEqualTo(made);
        assertThat(monitoring.monitors(List.of(UNKNOWN, made.id()))).containsExactly(made);
        assertThat(monitoring.createMonitor(new CreateMonitor("cats", model, "production", null)))
                .isEqualTo(made);
        assertThat(elsewhere(() -> monitoring.monitor(made.id()))).isNull();
    }

    @Test
    void whatIsLeftOutIsTheDefault() {
        assertThat(monitoring.monitor(monitorOf(given().model())).body().policy())
                .isEqualTo(DriftPolicy.DEFAULT);
    }

    @Test
    void whatCannotBeAMonitorIsRefused() {
        ModelId model = given().model();

        assertThat(refused(ErrorKind.NOT_FOUND, "monitoring.unknown-model", () -> monitorOf(new ModelId(NOBODY))))
                .hasMessage("There is no model " + NOBODY + "; register it first.");
        refused(
                ErrorKind.INVALID,
                "monitoring.policy",
                () -> monitoring.createMonitor(
                        new CreateMonitor("cats", model, "production", new DriftPolicy(Double.NaN, 0.05, 0, 1))));
        refused(
                ErrorKind.INVALID,
                "monitoring.name",
                () -> monitoring.createMonitor(new CreateMonitor("", model, "production", null)));
    }

    @Test
    void devicesLogPredictionsAndTheirTrueLabels() {
        Entity<ModelVersionId, ModelVersion> version = given().modelVersion();
        MonitorId monitor = monitorOf(version.body().model());
        LogPredictions predictions = new LogPredictions(
                version.id(), List.of(prediction("a", "cat", 5), prediction("b", "dog", 4_000_000_000_000L)));

        Entity<PredictionBatchId, PredictionBatch> batch =
                as(Role.DEVICE, () -> monitoring.logPredictions(monitor, predictions));
        runAs(
                Role.DEVICE,
                () -> monitoring.logLabels(
                        monitor, new LogLabels(List.of(new TrueLabel("a", "cat"), new TrueLabel("b", "cat")))));

        assertThat(batch.body())
                .isEqualTo(new PredictionBatch(
                        monitor, version.id(), batch.body().predictions(), 2, 0, 0, null, 5, 4_000_000_000_000L));
        PredictionBatch labelled =
                monitoring.listBatches(monitor, 10, null).items().get(0).body();
        assertThat(labelled.labelled()).isEqualTo(2);
        assertThat(labelled.correct()).isEqualTo(1);
        assertThat(labelled.labels()).isNotNull();
        SampleFile exported = monitoring.exportLabelled(monitor);
        assertThat(exported.count()).isEqualTo(2);
        refused(ErrorKind.FORBIDDEN, "caller.role", () -> as(Role.DEVICE, () -> monitoring.monitor(monitor)));
        needs(Role.DEVICE, "logPredictions", () -> monitoring.logPredictions(monitor, predictions));
    }

    @Test
    void aKeyIsLoggedOnce() {
        Entity<ModelVersionId, ModelVersion> version = given().modelVersion();
        MonitorId monitor = monitorOf(version.body().model());
        LogPredictions first = new LogPredictions(version.id(), List.of(prediction("a", "cat", 1)));
        Entity<PredictionBatchId, PredictionBatch> batch = monitoring.logPredictions(monitor, first);

        assertThat(monitoring.logPredictions(monitor, first)).isEqualTo(batch);
        assertThat(refused(
                        ErrorKind.CONFLICT,
                        "monitoring.duplicate-prediction",
                        () -> monitoring.logPredictions(
                                monitor, new LogPredictions(version.id(), List.of(prediction("a", "dog", 1))))))
                .hasMessageContaining(batch.id().value());
        assertThat(refused(
                        ErrorKind.NOT_FOUND,
                        "monitoring.unknown-prediction",
                        () -> monitoring.logLabels(monitor, new LogLabels(List.of(new TrueLabel("z", "cat"))))))
                .hasMessageContaining("'z'");
        refused(
                ErrorKind.INVALID,
                "monitoring.unknown-label",
                () -> monitoring.logPredictions(
                        monitor, new LogPredictions(version.id(), List.of(prediction("c", "horse", 1)))));
        refused(ErrorKind.NOT_FOUND, "monitor.unknown", () -> monitoring.logPredictions(UNKNOWN, first));
    }

    @Test
    void aDriftCheckIsAJob() {
        MonitorId monitor = monitorOf(given().model());

        Entity<JobId, Job> job = monitoring.checkDrift(monitor);

        assertThat(job.body().service()).isEqualTo(Service.MONITORING);
        assertThat(job.body().subject()).isEqualTo(EntityRef.of(EntityType.MONITOR, monitor));
        assertThat(job.body().state()).isEqualTo(JobState.QUEUED);
        assertThat(monitoring.listReports(monitor, 10, null).items()).isEmpty();
        assertThat(monitoring.listAlerts(monitor, 10, null).items()).isEmpty();
        refused(ErrorKind.NOT_FOUND, "monitor.unknown", () -> monitoring.checkDrift(UNKNOWN));
    }

    @Test
    void aTriggerOfANameIsMadeOrChanged() {
        MonitorId monitor = monitorOf(given().model());
        PipelineId pipeline = bean(PipelinesApi.class)
                .save(new Pipeline("retraining", List.of(new PipelineStep.ExportLabels(new ProjectId(NOBODY)))))
                .id();

        Entity<TriggerId, Trigger> made = monitoring.saveTrigger(new SaveTrigger("drift", monitor, pipeline, 0));
        Entity<TriggerId, Trigger> changed = monitoring.saveTrigger(new SaveTrigger("drift", monitor, pipeline, 60));

        assertThat(made.body()).isEqualTo(new Trigger("drift", monitor, pipeline, 0, null, null, null));
        assertThat(changed.id()).isEqualTo(made.id());
        assertThat(monitoring.listTriggers(monitor, 10, null).items()).containsExactly(changed);
        refused(
                ErrorKind.NOT_FOUND,
                "monitoring.unknown-pipeline",
                () -> monitoring.saveTrigger(new SaveTrigger("drift", monitor, new PipelineId(NOBODY), 0)));
        refused(
                ErrorKind.INVALID,
                "monitoring.cooldown",
                () -> monitoring.saveTrigger(new SaveTrigger("drift", monitor, pipeline, Long.MIN_VALUE)));
    }

    @Test
    void aDeletedTriggerIsGone() {
        MonitorId monitor = monitorOf(given().model());
        PipelineId pipeline = bean(PipelinesApi.class)
                .save(new Pipeline("retraining", List.of(new PipelineStep.ExportLabels(new ProjectId(NOBODY)))))
                .id();
        TriggerId id = monitoring
                .saveTrigger(new SaveTrigger("drift", monitor, pipeline, 0))
                .id();

        Entity<TriggerId, Trigger> deleted = monitoring.deleteTrigger(id);

        assertThat(deleted.body().deleted()).isEqualTo(deleted.updated());
        assertThat(monitoring.listTriggers(monitor, 10, null).items()).isEmpty();
        refused(ErrorKind.NOT_FOUND, "trigger.unknown", () -> monitoring.deleteTrigger(new TriggerId(NOBODY)));
    }

    @Test
    void monitorsAndBatchesComeInPagesNewestFirst() {
        Entity<ModelVersionId, ModelVersion> version = given().modelVersion();
        MonitorId first = monitorOf(version.body().model());
        MonitorId second = monitorOf(version.body().model());
        MonitorId third = monitorOf(version.body().model());
        List<PredictionBatchId> batches = List.of("a", "b", "c").stream()
                .map(key -> monitoring
                        .logPredictions(first, new LogPredictions(version.id(), List.of(prediction(key, "cat", 1))))
                        .id())
                .toList();

        Pages.inTwos(List.of(third, second, first), monitoring::listMonitors);
        Pages.inTwos(
                List.of(batches.get(2), batches.get(1), batches.get(0)),
                (limit, cursor) -> monitoring.listBatches(first, limit, cursor));
    }

    @Test
    void whatLacksAPartIsInvalid() {
        ModelId model = given().model();
        MonitorId monitor = monitorOf(model);

        incomplete(() -> monitoring.createMonitor(new CreateMonitor(null, model, "production", null)));
        incomplete(() -> monitoring.createMonitor(new CreateMonitor("cats", null, "production", null)));
        incomplete(() -> monitoring.logPredictions(monitor, new LogPredictions(null, List.of())));
        incomplete(() -> monitoring.logLabels(monitor, new LogLabels(null)));
        incomplete(() -> monitoring.saveTrigger(new SaveTrigger("drift", monitor, null, 0)));
        incomplete(() -> monitoring.saveTrigger(new SaveTrigger("drift", null, new PipelineId(NOBODY), 0)));
    }

    @Test
    void aViewerOnlyReads() {
        MonitorId monitor = monitorOf(given().model());

        needs(Role.ENGINEER, "checkDrift", () -> monitoring.checkDrift(monitor));
        needs(Role.ENGINEER, "exportLabelled", () -> monitoring.exportLabelled(monitor));
        assertThat(as(Role.VIEWER, () -> monitoring.monitor(monitor))).isNotNull();
    }

    private MonitorId monitorOf(ModelId model) {
        return monitoring
                .createMonitor(new CreateMonitor(Given.newName(), model, "production", null))
                .id();
    }

    private static LoggedPrediction prediction(String key, String label, long timestamp) {
        return new LoggedPrediction(
                key, new Sample(Given.SHAPE, List.of(0.1f, 0.2f, 0.3f, 0.4f)), label, 1.0 / 3, timestamp);
    }
}
