package dev.slipway.api.training;

import dev.slipway.api.Required;
import dev.slipway.kernel.id.ExperimentId;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.serde.annotation.Serdeable;
import java.util.List;

/**
 * Asks for logged models that are not deleted.
 *
 * @param experiments at most 1000
 * @param filter in MLflow's grammar; null for none
 * @param orderBy an attribute, or {@code metrics.} and a key; null for newest first
 */
@Serdeable
public record FindLoggedModels(
        List<ExperimentId> experiments,
        @Nullable String filter,
        @Nullable String orderBy,
        boolean descending,
        int limit,
        @Nullable String cursor) {
    public FindLoggedModels {
        Required.part("experiments", experiments);
        experiments = List.copyOf(experiments);
    }
}
