package dev.slipway.training.mlflow;

import dev.slipway.kernel.id.RunId;
import java.util.List;

/** Keeps those metrics of runs that tell about a logged model. */
public interface ModelMetrics {
    /**
     * Keeps them before the run has them; repeating it is harmless.
     *
     * @param metrics each with a model's id
     */
    void log(RunId run, List<MetricMessage> metrics);
}
