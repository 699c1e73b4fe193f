package dev.slipway.api.training;

import dev.slipway.kernel.id.ExperimentId;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.serde.annotation.Serdeable;
import java.util.List;

/**
 * Asks for runs that satisfy all of the conditions and the filter.
 *
 * @param experiments at most 1000; null for all of the workspace that are not deleted, which may not be more than 1000
 * @param filter in MLflow's grammar; null for none
 * @param conditions beside the filter, at most 50 with its own
 * @param orders most significant first, at most 8; what is equal in all of them begins with what started last
 */
@Serdeable
public record FindRuns(
        @Nullable List<ExperimentId> experiments,
        @Nullable String filter,
        List<RunCondition> conditions,
        List<RunOrder> orders,
        Lifecycle lifecycle,
        int limit,
        @Nullable String cursor) {
    public FindRuns {
        conditions = conditions == null ? List.of() : List.copyOf(conditions);
        orders = orders == null ? List.of() : List.copyOf(orders);
        lifecycle = lifecycle == null ? Lifecycle.ACTIVE : lifecycle;
    }
}
