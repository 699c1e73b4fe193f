package dev.slipway.training.mlflow;

import dev.slipway.kernel.id.RunId;
import dev.slipway.training.loggedmodel.LoggedModelMetrics;
import dev.slipway.training.loggedmodel.LoggedModels;
import dev.slipway.training.loggedmodel.ModelMetric;
import jakarta.inject.Singleton;
import java.util.List;

/** Keeps metrics with the logged models that they tell about. */
@Singleton
final class LoggedMetricsOfModels {
    private final LoggedModelMetrics metrics;

    LoggedMetricsOfModels(LoggedModelMetrics metrics) {
        this.metrics = metrics;
    }

    /**
     * Keeps them before the run has them; repeating it is harmless.
     *
     * @param logged each with a model's id
     */
    void log(RunId run, List<MetricMessage> logged) {
        metrics.log(logged.stream()
                .map(metric -> new ModelMetric(
                        LoggedModels.parse(metric.modelId()),
                        run,
                        metric.metric(),
                        metric.datasetName() == null || metric.datasetName().isEmpty()
                                ? null
                                : new ModelMetric.Dataset(metric.datasetName(), metric.datasetDigest())))
                .toList());
    }
}
