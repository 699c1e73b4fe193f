package dev.slipway.monitoring;

import dev.slipway.api.monitoring.PredictionBatch;
import dev.slipway.kernel.id.DriftReportId;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.serde.annotation.Serdeable;

/**
 * A batch of predictions as it is kept.
 *
 * @param report the drift report that has judged it; null until then, which is how a check finds what it has to judge
 */
@Serdeable
record StoredBatch(PredictionBatch batch, @Nullable DriftReportId report) {
    StoredBatch with(PredictionBatch changed) {
        return new StoredBatch(changed, report);
    }

    StoredBatch judgedBy(DriftReportId by) {
        return new StoredBatch(batch, by);
    }
}
