package dev.slipway.api.monitoring;

import dev.slipway.api.Allowed;
import dev.slipway.api.SampleFile;
import dev.slipway.api.jobs.Job;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.Page;
import dev.slipway.kernel.Role;
import dev.slipway.kernel.id.AlertId;
import dev.slipway.kernel.id.DriftReportId;
import dev.slipway.kernel.id.JobId;
import dev.slipway.kernel.id.MonitorId;
import dev.slipway.kernel.id.PredictionBatchId;
import dev.slipway.kernel.id.TriggerId;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import java.util.List;

/** What models see and say in production, and what follows from it. */
@Allowed(Role.VIEWER)
public interface MonitoringApi {
    /** The path of the contract on the internal port. */
    String PATH = "/internal/v1/monitoring";

    /** The monitor of that name, made unless it is there. */
    @Post("/monitors")
    @Allowed(Role.ENGINEER)
    Entity<MonitorId, Monitor> createMonitor(@Body CreateMonitor request);

    @Get("/monitors/{id}")
    @Nullable
    Entity<MonitorId, Monitor> monitor(@PathVariable MonitorId id);

    /** Those that exist of at most 1000. */
    @Post("/monitors/batch")
    List<Entity<MonitorId, Monitor>> monitors(@Body List<MonitorId> ids);

    /** Newest first. */
    @Get("/monitors{?limit,cursor}")
    Page<Entity<MonitorId, Monitor>> listMonitors(
            @QueryValue(defaultValue = "50") int limit, @Nullable @QueryValue String cursor);

    @Post("/monitors/{id}/predictions")
    @Allowed(Role.DEVICE)
    Entity<PredictionBatchId, PredictionBatch> logPredictions(@PathVariable MonitorId id, @Body LogPredictions request);

    /** Joins true labels to the predictions logged before; a key that was never logged is {@code monitoring.unknown-prediction}. */
    @Post("/monitors/{id}/labels")
    @Allowed(Role.DEVICE)
    void logLabels(@PathVariable MonitorId id, @Body LogLabels request);

    /** The batches of a monitor, newest first. */
    @Get("/monitors/{id}/batches{?limit,cursor}")
    Page<Entity<PredictionBatchId, PredictionBatch>> listBatches(
            @PathVariable MonitorId id,
            @QueryValue(defaultValue = "50") int limit,
            @Nullable @QueryValue String cursor);

    /** Starts a job that checks for drift all predictions since the last check; drift raises an alert. */
    @Post("/monitors/{id}/checks")
    @Allowed(Role.ENGINEER)
    Entity<JobId, Job> checkDrift(@PathVariable MonitorId id);

    /** The reports of a monitor, newest first. */
    @Get("/monitors/{id}/reports{?limit,cursor}")
    Page<Entity<DriftReportId, DriftReport>> listReports(
            @PathVariable MonitorId id,
            @QueryValue(defaultValue = "50") int limit,
            @Nullable @QueryValue String cursor);

    /** Those that exist of at most 1000. */
    @Post("/reports/batch")
    List<Entity<DriftReportId, DriftReport>> reports(@Body List<DriftReportId> ids);

    /** The alerts of a monitor, newest first. */
    @Get("/monitors/{id}/alerts{?limit,cursor}")
    Page<Entity<AlertId, Alert>> listAlerts(
            @PathVariable MonitorId id,
            @QueryValue(defaultValue = "50") int limit,
            @Nullable @QueryValue String cursor);

    /** Those that exist of at most 1000. */
    @Post("/alerts/batch")
    List<Entity<AlertId, Alert>> alerts(@Body List<AlertId> ids);

    /** Makes the trigger, or changes the one of that name. */
    @Post("/triggers")
    @Allowed(Role.ENGINEER)
    Entity<TriggerId, Trigger> saveTrigger(@Body SaveTrigger request);

    /** Deletes a trigger, whose name is free from then on; what it has started goes on. Harmless when it is deleted. */
    @Post("/triggers/{id}/delete")
    @Allowed(Role.ENGINEER)
    Entity<TriggerId, Trigger> deleteTrigger(@PathVariable TriggerId id);

    /** The triggers of a monitor, newest first. */
    @Get("/monitors/{id}/triggers{?limit,cursor}")
    Page<Entity<TriggerId, Trigger>> listTriggers(
            @PathVariable MonitorId id,
            @QueryValue(defaultValue = "50") int limit,
            @Nullable @QueryValue String cursor);

    /** Writes all logged samples whose true labels have arrived to an artifact, in the order of logging. */
    @Post("/monitors/{id}/exports")
    @Allowed(Role.ENGINEER)
    SampleFile exportLabelled(@PathVariable MonitorId id);
}
