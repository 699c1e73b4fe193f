package dev.slipway.training.trace;

import dev.slipway.kernel.Entity;
import dev.slipway.kernel.EntityType;
import dev.slipway.kernel.Page;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.id.EntityId;
import dev.slipway.kernel.id.ExperimentId;
import dev.slipway.kernel.id.TraceId;
import dev.slipway.mlflow.search.SearchSchema;
import dev.slipway.mlflow.search.Source;
import dev.slipway.store.graph.Facet;
import dev.slipway.store.graph.FacetKind;
import dev.slipway.store.graph.FacetQuery.Comparison;
import dev.slipway.store.graph.FacetQuery.Condition;
import dev.slipway.store.graph.FacetQuery.Order;
import dev.slipway.training.Search;
import io.micronaut.core.annotation.Nullable;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds traces of several experiments by MLflow's grammar. */
@Singleton
public final class TraceSearch {
    /** So many traces one page has at most. */
    public static final int MAX_LIMIT = 500;

    private static final Order NEWEST_FIRST = new Order.ByFacet(FacetKind.ATTRIBUTE, TraceFacets.TIME, true);
    private static final Order OLDEST_FIRST = new Order.ByFacet(FacetKind.ATTRIBUTE, TraceFacets.TIME, false);

    private static final SearchSchema SCHEMA = SearchSchema.of(
                    "traces", Source.TAG, Source.METADATA, Source.FEEDBACK, Source.EXPECTATION)
            .number(TraceFacets.TIME, "timestamp_ms", "timestamp")
            .number(TraceFacets.DURATION, "execution_time_ms", "execution_time")
            .number(TraceFacets.END, "end_time_ms", "end_time")
            .text(TraceFacets.STATUS, "status")
            .text(TraceFacets.CLIENT_ID, "client_request_id")
            .text(TraceFacets.NAME, "name")
            .members(TraceFacets.RUN, "run_id")
            .id("request_id", text -> TraceIds.find(text).map(EntityId::of));

    private final Search search;
    private final Traces traces;

    TraceSearch(Search search, Traces traces) {
        this.search = search;
        this.traces = traces;
    }

    /**
     * A page of traces, newest first where the orders leave it open.
     *
     * @param limit 1 to {@value #MAX_LIMIT}
     * @param cursor what a page of the same search gave
     */
    public Page<Entity<TraceId, Trace>> find(
            List<ExperimentId> experiments,
            @Nullable String filter,
            List<String> orderBy,
            int limit,
            @Nullable String cursor) {
        if (limit < 1 || limit > MAX_LIMIT) {
            throw SlipwayException.invalid(
                    "search.limit", "A page of traces has 1 to " + MAX_LIMIT + " of them, not " + limit + ".");
        }
        List<Condition> conditions = SCHEMA.conditions(filter);
        List<Order> orders = new ArrayList<>(SCHEMA.orders(orderBy));
        if (!orders.contains(NEWEST_FIRST) && !orders.contains(OLDEST_FIRST)) {
            orders.add(NEWEST_FIRST);
        }
        if (experiments.isEmpty()) {
            return Page.last(List.of());
        }
        Page<TraceId> found = ids(experiments, conditions, orders, limit, cursor);
        return new Page<>(traces.getAll(found.items()), found.next());
    }

    /**
     * The oldest traces of an experiment.
     *
     * @param until that began then or before, UTC milliseconds
     * @param limit 1 to {@link Page#MAX_LIMIT}
     */
    public List<TraceId> oldest(ExperimentId experiment, long until, int limit) {
        Condition old = new Condition.Compare(
                FacetKind.ATTRIBUTE, TraceFacets.TIME, Comparison.LESS_OR_EQUAL, new Facet.Value.Num(until));
        return ids(List.of(experiment), List.of(old), List.of(OLDEST_FIRST), limit, null)
                .items();
    }

    private Page<TraceId> ids(
            List<ExperimentId> experiments,
            List<Condition> conditions,
            List<Order> orders,
            int limit,
            @Nullable String cursor) {
        Page<EntityId> page = search.find(
                EntityType.TRACE,
                experiments.stream().map(EntityId::of).distinct().toList(),
                conditions,
                orders,
                limit,
                Optional.ofNullable(cursor));
        return page.map(id -> new TraceId(id.value()));
    }
}
