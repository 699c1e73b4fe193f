package dev.slipway.api.monitoring;

import dev.slipway.kernel.id.DatasetVersionId;
import dev.slipway.kernel.id.ModelVersionId;
import dev.slipway.kernel.id.MonitorId;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.serde.annotation.Serdeable;
import java.util.List;

/**
 * The outcome of one drift check: the predictions since the last check against the training data of the model in production.
 *
 * @param baseline the dataset version whose training split is the baseline
 * @param samples how many predictions were judged
 * @param accuracy on those whose true labels have arrived; null when there are none
 * @param driftedShare the share of features that have drifted, 0 to 1
 * @param worst the features with the greatest psi, at most 20, greatest first
 * @param prediction the drift of the predicted class
 * @param drifted whether the inputs or the predicted class have drifted
 */
@Serdeable
public record DriftReport(
        MonitorId monitor,
        ModelVersionId modelVersion,
        DatasetVersionId baseline,
        int samples,
        @Nullable Double accuracy,
        double driftedShare,
        double maximumPsi,
        double maximumKs,
        List<FeatureDrift> worst,
        FeatureDrift prediction,
        boolean drifted,
        long from,
        long to) {}
