package dev.slipway.training.run;

import dev.slipway.kernel.id.ExperimentId;
import dev.slipway.training.experiment.View;
import io.micronaut.core.annotation.Nullable;
import java.util.List;

/**
 * Asks for runs.
 *
 * @param filter in MLflow's grammar; null or blank for all
 * @param orderBy in MLflow's grammar, most significant first; what is equal in all of them begins with what started last
 * @param limit 1 to {@value #MAX_LIMIT}
 * @param cursor what a page of the same query gave
 */
public record RunQuery(
        List<ExperimentId> experiments,
        @Nullable String filter,
        List<String> orderBy,
        View view,
        int limit,
        @Nullable String cursor) {
    public static final int MAX_LIMIT = 50_000;
}
