package dev.slipway.training.loggedmodel;

import dev.slipway.api.training.LoggedModel;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.EntityType;
import dev.slipway.kernel.Page;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.id.EntityId;
import dev.slipway.kernel.id.ExperimentId;
import dev.slipway.kernel.id.LoggedModelId;
import dev.slipway.mlflow.search.SearchSchema;
import dev.slipway.mlflow.search.Source;
import dev.slipway.runtime.caller.Callers;
import dev.slipway.store.graph.FacetKind;
import dev.slipway.store.graph.FacetQuery;
import dev.slipway.store.graph.FacetQuery.Condition;
import dev.slipway.store.graph.GraphStore;
import io.micronaut.core.annotation.Nullable;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds logged models that are not deleted, by MLflow's filters. */
@Singleton
public final class LoggedModelSearch {
    private static final SearchSchema SCHEMA = SearchSchema.of("logged models", Source.METRIC, Source.PARAM, Source.TAG)
            .id("model_id", LoggedModelSearch::id)
            .text("name", "name")
            .text("model_type", "model_type")
            .text("status", "status")
            .text("source_run_id", "source_run_id")
            .number("creation_timestamp", "creation_timestamp", "creation_timestamp_ms", "creation_time")
            .number("last_updated_timestamp", "last_updated_timestamp", "last_updated_timestamp_ms");

    private static final String METRICS = "metrics.";

    private final GraphStore graph;
    private final Callers callers;
    private final LoggedModels models;

    LoggedModelSearch(GraphStore graph, Callers callers, LoggedModels models) {
        this.graph = graph;
        this.callers = callers;
        this.models = models;
    }

    /**
     * What is looked for.
     *
     * @param datasets of which one at least must have been measured on; metrics in the filter are then those on it
     */
    public record Query(
            List<ExperimentId> experiments,
            @Nullable String filter,
            List<DatasetFilter> datasets,
            List<Order> orders,
            int limit,
            @Nullable String cursor) {
        public Query {
            experiments = List.copyOf(experiments);
            datasets = List.copyOf(datasets);
            orders = List.copyOf(orders);
        }
    }

    /**
     * What models stand in the order of.
     *
     * @param field an attribute, or {@code metrics.} and a key
     * @param dataset on which the metric was measured; null for its latest value on any
     */
    public record Order(
            String field, boolean descending, @Nullable DatasetFilter dataset) {}

    /** Newest first where the orders leave it open. */
    public Page<Entity<LoggedModelId, LoggedModel>> search(Query query) {
        if (query.experiments().isEmpty()) {
            return Page.last(List.of());
        }
        List<Condition> conditions = new ArrayList<>();
        conditions.add(new Condition.Exists(FacetKind.ATTRIBUTE, List.of(LoggedModelChanges.DELETED), true));
        List<Condition> asked = SCHEMA.conditions(query.filter());
        if (query.datasets().size() > 1) {
            conditions.add(new Condition.Ids(onAnyDataset(query, asked), false));
        } else if (query.datasets().size() == 1) {
            conditions.addAll(on(query.datasets().get(0), asked));
        } else {
            conditions.addAll(onValues(asked, null));
        }
        List<FacetQuery.Order> orders =
                query.orders().stream().flatMap(order -> orders(order).stream()).toList();
        Page<EntityId> found = page(query, conditions, orders, query.limit(), query.cursor());
        return new Page<>(
                models.getAll(found.items().stream()
                        .map(id -> new LoggedModelId(id.value()))
                        .toList()),
                found.next());
    }

    private Page<EntityId> page(
            Query query,
            List<Condition> conditions,
            List<FacetQuery.Order> orders,
            int limit,
            @Nullable String cursor) {
        return graph.search(new FacetQuery(
                callers.workspace(),
                EntityType.LOGGED_MODEL,
                query.experiments().stream().map(EntityId::of).toList(),
                conditions,
                orders,
                limit,
                Optional.ofNullable(cursor)));
    }

    /** The store knows no alternatives, so those of each data set are looked for by themselves. */
    private List<EntityId> onAnyDataset(Query query, List<Condition> asked) {
        Set<EntityId> ids = new LinkedHashSet<>();
        for (DatasetFilter dataset : query.datasets()) {
            Page<EntityId> page = page(query, on(dataset, asked), List.of(), Page.MAX_LIMIT, null);
            ids.addAll(page.items());
            if (page.next().isPresent() || ids.size() > FacetQuery.MAX_VALUES) {
                throw SlipwayException.tooLarge(
                        "logged-model.datasets",
                        "More than " + FacetQuery.MAX_VALUES
                                + " models were measured on these data sets; search for one data set at a time.");
            }
        }
        return List.copyOf(ids);
    }

    /** The conditions, with those on metrics as conditions on their values on the data set. */
    private static List<Condition> on(DatasetFilter dataset, List<Condition> asked) {
        List<Condition> conditions = onValues(asked, dataset);
        conditions.add(new Condition.Exists(FacetKind.DATASET, List.of(dataset.key()), false));
        return conditions;
    }

    /** Any value of a metric will do: the least, if it must be less than something, the greatest, if it must be greater. */
    private static List<Condition> onValues(List<Condition> asked, @Nullable DatasetFilter dataset) {
        List<Condition> conditions = new ArrayList<>();
        for (int i = 0; i < asked.size(); i++) {
            if (asked.get(i) instanceof Condition.Compare compare && compare.kind() == FacetKind.METRIC) {
                boolean exact = isEqual(asked, i) || isEqual(asked, i - 1);
                String key = key(which(compare.comparison(), exact), compare.key(), dataset);
                conditions.add(new Condition.Compare(FacetKind.DATASET, key, compare.comparison(), compare.value()));
            } else {
                conditions.add(asked.get(i));
            }
        }
        return conditions;
    }

    private static MetricFacets.Which which(FacetQuery.Comparison comparison, boolean exact) {
        return switch (comparison) {
            case LESS, LESS_OR_EQUAL -> exact ? MetricFacets.Which.LATEST : MetricFacets.Which.LEAST;
            case GREATER, GREATER_OR_EQUAL -> exact ? MetricFacets.Which.LATEST : MetricFacets.Which.GREATEST;
            case EQUAL, NOT_EQUAL -> MetricFacets.Which.LATEST;
        };
    }

    /** Whether two conditions in a row ask for one value, which equality is made of. */
    private static boolean isEqual(List<Condition> asked, int first) {
        return first >= 0
                && first + 1 < asked.size()
                && asked.get(first) instanceof Condition.Compare from
                && asked.get(first + 1) instanceof Condition.Compare to
                && from.comparison() == FacetQuery.Comparison.GREATER_OR_EQUAL
                && to.comparison() == FacetQuery.Comparison.LESS_OR_EQUAL
                && from.kind() == to.kind()
                && from.key().equals(to.key())
                && from.value().number().orElse(Double.NaN)
                        == to.value().number().orElse(Double.NaN);
    }

    private static String key(MetricFacets.Which which, String metric, @Nullable DatasetFilter dataset) {
        return dataset == null ? which.key(metric) : dataset.metric(which, metric);
    }

    private static List<FacetQuery.Order> orders(Order order) {
        if (!order.field().startsWith(METRICS)) {
            if (order.field().indexOf('.') >= 0) {
                throw SlipwayException.invalid(
                        "search.order",
                        "Logged models are ordered by attributes and metrics only, not by '" + order.field() + "'.");
            }
            return SCHEMA.orders(List.of(order.field() + (order.descending() ? " DESC" : " ASC")));
        }
        String key = order.field().substring(METRICS.length());
        return List.of(new FacetQuery.Order.ByFacet(
                FacetKind.DATASET, key(MetricFacets.Which.LATEST, key, order.dataset()), order.descending()));
    }

    private static Optional<EntityId> id(String text) {
        return LoggedModels.id(text).map(EntityId::of);
    }
}
