package dev.slipway.api.monitoring;

import dev.slipway.kernel.id.ModelVersionId;
import io.micronaut.serde.annotation.Serdeable;
import java.util.List;

/**
 * Predictions to log: at most 1000.
 */
@Serdeable
public record LogPredictions(ModelVersionId modelVersion, List<LoggedPrediction> predictions) {}
