package dev.slipway.gateway.schema;

import dev.slipway.api.monitoring.Alert;
import dev.slipway.api.monitoring.CreateMonitor;
import dev.slipway.api.monitoring.DriftPolicy;
import dev.slipway.api.monitoring.DriftReport;
import dev.slipway.api.monitoring.FeatureDrift;
import dev.slipway.api.monitoring.Monitor;
import dev.slipway.api.monitoring.MonitoringApi;
import dev.slipway.api.monitoring.PredictionBatch;
import dev.slipway.api.monitoring.SaveTrigger;
import dev.slipway.api.monitoring.Trigger;
import jakarta.inject.Singleton;

/** Monitors, what they found, and what follows from it. */
@Singleton
final class MonitoringResolvers implements Resolvers {
    private final MonitoringApi monitoring;

    MonitoringResolvers(MonitoringApi monitoring) {
        this.monitoring = monitoring;
    }

    @Override
    public void wire(Wiring wiring) {
        wireRoots(wiring);
        wireMonitor(wiring);
        wireReport(wiring);
        wiring.entity(Kinds.PREDICTION_BATCH)
                .reference("modelVersion", Kinds.MODEL_VERSION, PredictionBatch::modelVersion)
                .field("predictions", PredictionBatch::predictions)
                .field("count", PredictionBatch::count)
                .field("labelled", PredictionBatch::labelled)
                .field("correct", PredictionBatch::correct)
                .field("labels", PredictionBatch::labels)
                .field("from", PredictionBatch::from)
                .field("to", PredictionBatch::to);
        wiring.entity(Kinds.ALERT)
                .reference("monitor", Kinds.MONITOR, Alert::monitor)
                .reference("report", Kinds.DRIFT_REPORT, Alert::report)
                .field("message", Alert::message);
        wiring.entity(Kinds.TRIGGER)
                .field("name", Trigger::name)
                .reference("monitor", Kinds.MONITOR, Trigger::monitor)
                .reference("pipeline", Kinds.PIPELINE, Trigger::pipeline)
                .field("cooldownSeconds", Trigger::cooldownSeconds)
                .field("lastFired", Trigger::lastFired)
                .reference("pipelineRun", Kinds.PIPELINE_RUN, Trigger::pipelineRun)
                .field("deleted", Trigger::deleted);
    }

    private void wireRoots(Wiring wiring) {
        wiring.root("Query")
                .fetch(
                        "monitor",
                        (none, request) ->
                                monitoring.monitor(request.arguments().id("id", Kinds.MONITOR)))
                .page("monitors", (none, request, limit, cursor) -> monitoring.listMonitors(limit, cursor))
                .fetch(
                        "driftReport",
                        (none, request) -> request.load(
                                Kinds.DRIFT_REPORT, request.arguments().id("id", Kinds.DRIFT_REPORT)))
                .fetch(
                        "alert",
                        (none, request) ->
                                request.load(Kinds.ALERT, request.arguments().id("id", Kinds.ALERT)));
        wiring.root("Mutation")
                .fetch(
                        "createMonitor",
                        (none, request) -> createMonitor(request.arguments().input("input")))
                .fetch(
                        "checkDrift",
                        (none, request) ->
                                monitoring.checkDrift(request.arguments().id("monitor", Kinds.MONITOR)))
                .fetch(
                        "saveTrigger",
                        (none, request) -> saveTrigger(request.arguments().input("input")))
                .fetch(
                        "deleteTrigger",
                        (none, request) ->
                                monitoring.deleteTrigger(request.arguments().id("trigger", Kinds.TRIGGER)));
    }

    private void wireMonitor(Wiring wiring) {
        wiring.entity(Kinds.MONITOR)
                .field("name", Monitor::name)
                .reference("model", Kinds.MODEL, Monitor::model)
                .field("channel", Monitor::channel)
                .field("policy", Monitor::policy)
                .page(
                        "batches",
                        (monitor, request, limit, cursor) -> monitoring.listBatches(monitor.id(), limit, cursor))
                .page(
                        "reports",
                        (monitor, request, limit, cursor) -> monitoring.listReports(monitor.id(), limit, cursor))
                .page("alerts", (monitor, request, limit, cursor) -> monitoring.listAlerts(monitor.id(), limit, cursor))
                .page(
                        "triggers",
                        (monitor, request, limit, cursor) -> monitoring.listTriggers(monitor.id(), limit, cursor));
        wiring.type("DriftPolicy", DriftPolicy.class)
                .field("psiThreshold", DriftPolicy::psiThreshold)
                .field("ksPValue", DriftPolicy::ksPValue)
                .field("featureShare", DriftPolicy::featureShare)
                .field("minimumSamples", DriftPolicy::minimumSamples);
    }

    private static void wireReport(Wiring wiring) {
        wiring.entity(Kinds.DRIFT_REPORT)
                .reference("monitor", Kinds.MONITOR, DriftReport::monitor)
                .reference("modelVersion", Kinds.MODEL_VERSION, DriftReport::modelVersion)
                .reference("baseline", Kinds.DATASET_VERSION, DriftReport::baseline)
                .field("samples", DriftReport::samples)
                .field("accuracy", DriftReport::accuracy)
                .field("driftedShare", DriftReport::driftedShare)
                .field("maximumPsi", DriftReport::maximumPsi)
                .field("maximumKs", DriftReport::maximumKs)
                .field("worst", DriftReport::worst)
                .field("prediction", DriftReport::prediction)
                .field("drifted", DriftReport::drifted)
                .field("from", DriftReport::from)
                .field("to", DriftReport::to);
        wiring.type("FeatureDrift", FeatureDrift.class)
                .field("feature", FeatureDrift::feature)
                .field("psi", FeatureDrift::psi)
                .field("ks", FeatureDrift::ks)
                .field("pValue", FeatureDrift::pValue)
                .field("drifted", FeatureDrift::drifted);
    }

    private Object createMonitor(Arguments input) {
        return monitoring.createMonitor(
                new CreateMonitor(input.text("name"), input.id("model", Kinds.MODEL), input.text("channel"), null));
    }

    private Object saveTrigger(Arguments input) {
        return monitoring.saveTrigger(new SaveTrigger(
                input.text("name"),
                input.id("monitor", Kinds.MONITOR),
                input.id("pipeline", Kinds.PIPELINE),
                input.number("cooldownSeconds")));
    }
}
