package dev.slipway.api.training;

import dev.slipway.api.Required;
import dev.slipway.kernel.id.DatasetVersionId;
import dev.slipway.kernel.id.ExperimentId;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.serde.annotation.Serdeable;
import java.util.List;

/**
 * Asks for a run that trains a network.
 *
 * @param idempotencyKey asking again with the same key gives the same run; null to always start a new one
 */
@Serdeable
public record StartTraining(
        ExperimentId experiment,
        String name,
        DatasetVersionId datasetVersion,
        List<Layer> network,
        Hyperparameters hyperparameters,
        @Nullable String idempotencyKey) {
    public StartTraining {
        Required.part("experiment", experiment);
        Required.part("datasetVersion", datasetVersion);
        Required.part("network", network);
    }
}
