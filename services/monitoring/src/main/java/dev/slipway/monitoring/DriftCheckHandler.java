package dev.slipway.monitoring;

import dev.slipway.api.monitoring.DriftReport;
import dev.slipway.api.monitoring.Monitor;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.Service;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.id.DriftReportId;
import dev.slipway.kernel.id.MonitorId;
import dev.slipway.monitoring.drift.DriftJudge;
import dev.slipway.monitoring.drift.Verdict;
import dev.slipway.runtime.entity.Entities;
import dev.slipway.runtime.entity.Retries;
import dev.slipway.runtime.jobs.JobContext;
import dev.slipway.runtime.jobs.JobHandler;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.util.Optional;

/**
 * Judges all predictions that no report has judged yet, in one window or, when they are very many, in several. A report
 * and the marks on its batches are one change, so no prediction is judged twice or passed over, however often the job is
 * started again.
 */
@Singleton
final class DriftCheckHandler implements JobHandler<DriftCheck> {
    private static final int MAX_WINDOWS = 1000;

    private final Entities entities;
    private final Baselines baselines;
    private final WindowReader windows;
    private final DriftReports reports;
    private final DriftMetrics metrics;
    private final Counter steady;
    private final Counter drifted;

    DriftCheckHandler(
            Entities entities,
            Baselines baselines,
            WindowReader windows,
            DriftReports reports,
            DriftMetrics metrics,
            MeterRegistry meters) {
        this.entities = entities;
        this.baselines = baselines;
        this.windows = windows;
        this.reports = reports;
        this.metrics = metrics;
        this.steady = judged(meters, false);
        this.drifted = judged(meters, true);
    }

    private static Counter judged(MeterRegistry meters, boolean drifted) {
        return Counter.builder("slipway.drift.windows")
                .description("Windows of predictions that this process has judged")
                .tag("drifted", String.valueOf(drifted))
                .register(meters);
    }

    @Override
    public Service service() {
        return Service.MONITORING;
    }

    @Override
    public String kind() {
        return "drift-check";
    }

    @Override
    public Class<DriftCheck> input() {
        return DriftCheck.class;
    }

    @Override
    public void run(JobContext job, DriftCheck input) {
        Entity<MonitorId, Monitor> monitor = entities.get(MonitoringKinds.MONITOR, input.monitor());
        job.progress(0, "Loading the training data of the model in production");
        Baseline baseline = baselines.load(monitor.body());
        for (int number = 0; number < MAX_WINDOWS; number++) {
            Optional<Entity<DriftReportId, DriftReport>> report = reports.find(job.id(), number);
            if (report.isEmpty()) {
                int window = number;
                report = Retries.onConflict(() -> judge(job, monitor, baseline, window));
            }
            if (report.isEmpty()) {
                return;
            }
            // A report that an earlier attempt made may have died before its metrics; writing them again is harmless.
            metrics.append(report.get());
            job.progress(0.9, "Judged " + report.get().body().samples() + " predictions");
        }
    }

    /** The report on the next window; none when too little is left after an earlier window. */
    private Optional<Entity<DriftReportId, DriftReport>> judge(
            JobContext job, Entity<MonitorId, Monitor> monitor, Baseline baseline, int number) {
        int minimum = monitor.body().policy().minimumSamples();
        Window window = windows.next(monitor.id(), baseline, minimum);
        int found = window.samples().size();
        if (found < minimum && number > 0) {
            return Optional.empty();
        }
        if (found < minimum) {
            throw SlipwayException.conflict(
                    "monitoring.too-few-samples",
                    "Only " + found + " predictions have come since the last check of monitor '"
                            + monitor.body().name() + "'; its policy judges " + minimum
                            + " at least. They are kept for the next check.");
        }
        job.progress(0.3, "Comparing " + found + " predictions with the training data");
        Verdict verdict = new DriftJudge(monitor.body().policy())
                .judge(
                        new DriftJudge.Observations(baseline.samples(), baseline.classCounts()),
                        new DriftJudge.Observations(window.samples(), window.classCounts()));
        if (window.passedOver() > 0) {
            job.log(window.passedOver() + " predictions of versions with other inputs were passed over.");
        }
        var report = reports.make(job, number, monitor, baseline, window, verdict);
        (verdict.drifted() ? drifted : steady).increment();
        return Optional.of(report);
    }
}
