package dev.slipway.training.evaluation;

import dev.slipway.kernel.Entity;
import dev.slipway.kernel.EntityType;
import dev.slipway.kernel.Page;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.id.EntityId;
import dev.slipway.kernel.id.EvaluationDatasetId;
import dev.slipway.kernel.id.ExperimentId;
import dev.slipway.mlflow.search.SearchSchema;
import dev.slipway.mlflow.search.Source;
import dev.slipway.store.graph.FacetKind;
import dev.slipway.store.graph.FacetQuery.Condition;
import dev.slipway.store.graph.FacetQuery.Order;
import dev.slipway.training.Search;
import io.micronaut.core.annotation.Nullable;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds evaluation data sets by MLflow's grammar. */
@Singleton
public final class EvaluationDatasetSearch {
    private static final int MAX_ASKED = 50_000;

    private static final List<Order> NEWEST_FIRST =
            List.of(new Order.ByFacet(FacetKind.ATTRIBUTE, DatasetWriter.CREATED, true));

    private static final SearchSchema SCHEMA = SearchSchema.of("evaluation data sets", Source.TAG)
            .text(DatasetWriter.NAME, "name")
            .text(DatasetWriter.CREATED_BY, "created_by")
            .text(DatasetWriter.UPDATED_BY, "last_updated_by")
            .number(DatasetWriter.CREATED, "created_time")
            .number(DatasetWriter.UPDATED, "last_update_time")
            .id("dataset_id", text -> EvaluationIds.dataset(text).map(EntityId::of));

    private final Search search;
    private final EvaluationDatasets datasets;

    EvaluationDatasetSearch(Search search, EvaluationDatasets datasets) {
        this.search = search;
        this.datasets = datasets;
    }

    /**
     * A page of data sets, of at most {@link Page#MAX_LIMIT}.
     *
     * @param experiments to any of which they belong; empty for all data sets
     * @param filter in MLflow's grammar; null or blank for all
     * @param orderBy in MLflow's grammar; empty for newest first
     * @param limit 1 to {@value #MAX_ASKED}
     * @param cursor what a page of the same search gave
     */
    public Page<Entity<EvaluationDatasetId, EvaluationDataset>> find(
            List<ExperimentId> experiments,
            @Nullable String filter,
            List<String> orderBy,
            int limit,
            @Nullable String cursor) {
        if (limit < 1 || limit > MAX_ASKED) {
            throw SlipwayException.invalid(
                    "search.limit", "A search asks for 1 to " + MAX_ASKED + " data sets, not " + limit + ".");
        }
        List<Condition> conditions = new ArrayList<>(SCHEMA.conditions(filter));
        if (!experiments.isEmpty()) {
            List<String> theirs = experiments.stream()
                    .map(experiment -> DatasetWriter.EXPERIMENT + experiment)
                    .distinct()
                    .toList();
            conditions.add(new Condition.Exists(FacetKind.ATTRIBUTE, theirs, false));
        }
        Page<EntityId> found = search.find(
                EntityType.EVALUATION_DATASET,
                List.of(DatasetWriter.SCOPE),
                conditions,
                orderBy.isEmpty() ? NEWEST_FIRST : SCHEMA.orders(orderBy),
                Math.min(limit, Page.MAX_LIMIT),
                Optional.ofNullable(cursor));
        List<EvaluationDatasetId> ids = found.items().stream()
                .map(id -> new EvaluationDatasetId(id.value()))
                .toList();
        return new Page<>(
                datasets.getAll(ids).stream()
                        .filter(dataset -> dataset.body().deleted() == null)
                        .toList(),
                found.next());
    }
}
