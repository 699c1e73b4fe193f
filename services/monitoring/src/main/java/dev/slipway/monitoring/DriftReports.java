package dev.slipway.monitoring;

import dev.slipway.api.monitoring.Alert;
import dev.slipway.api.monitoring.DriftReport;
import dev.slipway.api.monitoring.Monitor;
import dev.slipway.kernel.EdgeType;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.EntityRef;
import dev.slipway.kernel.EntityType;
import dev.slipway.kernel.id.AlertId;
import dev.slipway.kernel.id.DriftReportId;
import dev.slipway.kernel.id.JobId;
import dev.slipway.kernel.id.MonitorId;
import dev.slipway.monitoring.drift.Verdict;
import dev.slipway.runtime.entity.Change;
import dev.slipway.runtime.entity.Entities;
import dev.slipway.runtime.jobs.JobContext;
import jakarta.inject.Singleton;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Writes a drift report, the marks on the batches it has judged, and the alert it may raise, in one fenced change. */
@Singleton
final class DriftReports {
    private final Entities entities;

    DriftReports(Entities entities) {
        this.entities = entities;
    }

    /** The report that an earlier attempt of this job made on its window of that number. */
    Optional<Entity<DriftReportId, DriftReport>> find(JobId job, int window) {
        return entities.claimed(MonitoringKinds.REPORT, claim(job, window));
    }

    Entity<DriftReportId, DriftReport> make(
            JobContext job,
            int number,
            Entity<MonitorId, Monitor> monitor,
            Baseline baseline,
            Window window,
            Verdict verdict) {
        DriftReportId id = entities.newId(DriftReportId::new);
        EntityRef reference = EntityRef.of(EntityType.DRIFT_REPORT, id);
        Change change = job.fence(entities.change());
        change.take(claim(job.id(), number), id);
        var report = change.create(MonitoringKinds.REPORT, id, report(monitor.id(), baseline, window, verdict));
        window.batches().forEach(batch -> change.update(MonitoringKinds.BATCH, batch.with(body -> body.judgedBy(id))));
        change.link(reference, EdgeType.USED, EntityRef.of(EntityType.DATASET_VERSION, baseline.datasetVersion()));
        change.link(reference, EdgeType.WATCHES, EntityRef.of(EntityType.MODEL_VERSION, baseline.modelVersion()));
        change.event(
                "drift-report.created",
                reference,
                Map.of("monitor", monitor.id().value()));
        if (verdict.drifted()) {
            raise(change, monitor, reference, id, window, verdict);
        }
        change.commit();
        return report;
    }

    private void raise(
            Change change,
            Entity<MonitorId, Monitor> monitor,
            EntityRef report,
            DriftReportId reportId,
            Window window,
            Verdict verdict) {
        AlertId id = entities.newId(AlertId::new);
        change.create(MonitoringKinds.ALERT, id, new Alert(monitor.id(), reportId, message(monitor, window, verdict)));
        EntityRef alert = EntityRef.of(EntityType.ALERT, id);
        change.link(alert, EdgeType.TRIGGERED_BY, report);
        change.event("alert.raised", alert, Map.of("monitor", monitor.id().value(), "report", reportId.value()));
    }

    private static DriftReport report(MonitorId monitor, Baseline baseline, Window window, Verdict verdict) {
        return new DriftReport(
                monitor,
                baseline.modelVersion(),
                baseline.datasetVersion(),
                window.samples().size(),
                window.accuracy(),
                verdict.driftedShare(),
                verdict.maximumPsi(),
                verdict.maximumKs(),
                verdict.worst(),
                verdict.prediction(),
                verdict.drifted(),
                window.from(),
                window.to());
    }

    private static String message(Entity<MonitorId, Monitor> monitor, Window window, Verdict verdict) {
        return String.format(
                Locale.ROOT,
                "Monitor '%s': of %d predictions, %.0f of %d features have drifted from the training data (greatest PSI"
                        + " %.2f, greatest KS %.2f), and the PSI of the predicted classes is %.2f.",
                monitor.body().name(),
                window.samples().size(),
                verdict.driftedShare() * verdict.features(),
                verdict.features(),
                verdict.maximumPsi(),
                verdict.maximumKs(),
                verdict.prediction().psi());
    }

    private static String claim(JobId job, int window) {
        return "drift-check/" + job + "/" + window;
    }
}
