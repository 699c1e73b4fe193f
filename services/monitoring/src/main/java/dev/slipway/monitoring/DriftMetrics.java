package dev.slipway.monitoring;

import dev.slipway.api.monitoring.DriftReport;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.id.DriftReportId;
import dev.slipway.kernel.id.EntityId;
import dev.slipway.runtime.caller.Callers;
import dev.slipway.store.metric.Chunk;
import dev.slipway.store.metric.MetricStore;
import dev.slipway.store.metric.Point;
import dev.slipway.store.metric.Series;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;

/**
 * Keeps the figures of each check as series of the monitor. Step and timestamp are the time of the report in UTC
 * milliseconds, so the points follow from the report alone and may be written again.
 */
@Singleton
final class DriftMetrics {
    static final String MAXIMUM_PSI = "psi-maximum";
    static final String MAXIMUM_KS = "ks-maximum";
    static final String PREDICTION_PSI = "psi-prediction";
    static final String DRIFTED_SHARE = "drifted-share";
    static final String SAMPLES = "samples";
    static final String ACCURACY = "accuracy";

    private final MetricStore metrics;
    private final Callers callers;

    DriftMetrics(MetricStore metrics, Callers callers) {
        this.metrics = metrics;
        this.callers = callers;
    }

    void append(Entity<DriftReportId, DriftReport> report) {
        DriftReport body = report.body();
        List<Chunk> chunks = new ArrayList<>(List.of(
                chunk(report, MAXIMUM_PSI, body.maximumPsi()),
                chunk(report, MAXIMUM_KS, body.maximumKs()),
                chunk(report, PREDICTION_PSI, body.prediction().psi()),
                chunk(report, DRIFTED_SHARE, body.driftedShare()),
                chunk(report, SAMPLES, body.samples())));
        if (body.accuracy() != null) {
            chunks.add(chunk(report, ACCURACY, body.accuracy()));
        }
        metrics.append(chunks);
    }

    private Chunk chunk(Entity<DriftReportId, DriftReport> report, String key, double value) {
        Series series =
                new Series(callers.workspace(), EntityId.of(report.body().monitor()), key);
        return new Chunk(series, List.of(new Point(report.created(), report.created(), value)));
    }
}
