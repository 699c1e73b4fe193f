package dev.slipway.training.experiment;

import dev.slipway.api.training.Experiment;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.EntityType;
import dev.slipway.kernel.Page;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.id.EntityId;
import dev.slipway.kernel.id.ExperimentId;
import dev.slipway.mlflow.search.SearchSchema;
import dev.slipway.mlflow.search.Source;
import dev.slipway.store.graph.FacetKind;
import dev.slipway.store.graph.FacetQuery.Condition;
import dev.slipway.store.graph.FacetQuery.Order;
import dev.slipway.training.Parts;
import dev.slipway.training.Search;
import io.micronaut.core.annotation.Nullable;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds experiments by MLflow's grammar. */
@Singleton
public final class ExperimentSearch {
    public static final int MAX_LIMIT = 50_000;

    private static final String CREATED = "creation_time";
    private static final List<Order> NEWEST_FIRST =
            List.of(new Order.ByFacet(FacetKind.ATTRIBUTE, CREATED, true), new Order.ById(false));

    private final Search search;
    private final Experiments experiments;
    private final SearchSchema schema;

    ExperimentSearch(Search search, Experiments experiments, ExperimentIds ids) {
        this.search = search;
        this.experiments = experiments;
        this.schema = SearchSchema.of("experiments", Source.TAG)
                .text("name", "name")
                .number(CREATED, CREATED)
                .number("last_update_time", "last_update_time")
                .id("experiment_id", text -> ids.find(text).map(EntityId::of));
    }

    /**
     * A page of experiments.
     *
     * @param filter in MLflow's grammar; null or blank for all
     * @param orderBy in MLflow's grammar; empty for newest first
     * @param limit 1 to {@value #MAX_LIMIT}
     * @param cursor what a page of the same search gave
     */
    public Page<Entity<ExperimentId, Experiment>> find(
            @Nullable String filter, List<String> orderBy, View view, int limit, @Nullable String cursor) {
        if (limit < 1 || limit > MAX_LIMIT) {
            throw SlipwayException.invalid(
                    "search.limit", "A page has 1 to " + MAX_LIMIT + " experiments, not " + limit + ".");
        }
        List<Condition> conditions = new ArrayList<>(schema.conditions(filter));
        conditions.addAll(view.conditions());
        Page<EntityId> found = search.find(
                EntityType.EXPERIMENT,
                List.of(ExperimentChanges.SCOPE),
                conditions,
                orderBy.isEmpty() ? NEWEST_FIRST : schema.orders(orderBy),
                limit,
                Optional.ofNullable(cursor));
        List<ExperimentId> ids =
                found.items().stream().map(id -> new ExperimentId(id.value())).toList();
        return new Page<>(Parts.each(ids, experiments::getAll), found.next());
    }
}
