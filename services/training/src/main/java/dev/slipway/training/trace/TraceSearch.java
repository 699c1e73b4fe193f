package dev.slipway.training.trace;

import dev.slipway.kernel.Entity;
import dev.slipway.kernel.Page;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.id.EntityId;
import dev.slipway.kernel.id.ExperimentId;
import dev.slipway.kernel.id.TraceId;
import dev.slipway.mlflow.search.SearchSchema;
import dev.slipway.mlflow.search.Source;
import dev.slipway.mlflow.search.SpanClause;
import dev.slipway.store.graph.Facet;
import dev.slipway.store.graph.FacetKind;
import dev.slipway.store.graph.FacetQuery.Comparison;
import dev.slipway.store.graph.FacetQuery.Condition;
import dev.slipway.store.graph.FacetQuery.Order;
import io.micronaut.core.annotation.Nullable;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Finds traces of several experiments by MLflow's grammar. */
@Singleton
public final class TraceSearch {
    /** So many traces one page has at most. */
    public static final int MAX_LIMIT = 500;

    private static final Order NEWEST_FIRST = new Order.ByFacet(FacetKind.ATTRIBUTE, TraceFacets.TIME, true);
    private static final Order OLDEST_FIRST = new Order.ByFacet(FacetKind.ATTRIBUTE, TraceFacets.TIME, false);

    private static final SearchSchema SCHEMA = SearchSchema.of(
                    "traces", Source.TAG, Source.METADATA, Source.FEEDBACK, Source.EXPECTATION, Source.SPAN)
            .number(TraceFacets.TIME, "timestamp_ms", "timestamp")
            .number(TraceFacets.DURATION, "execution_time_ms", "execution_time")
            .number(TraceFacets.END, "end_time_ms", "end_time")
            .text(TraceFacets.STATUS, "status")
            .text(TraceFacets.CLIENT_ID, "client_request_id")
            .text(TraceFacets.NAME, "name")
            .members(TraceFacets.RUN, "run_id")
            .members(TraceFacets.PROMPT, "prompt")
            .id("request_id", text -> TraceIds.find(text).map(EntityId::of));

    private final TracePages pages;
    private final Traces traces;
    private final SpanSearch spans;

    TraceSearch(TracePages pages, Traces traces, SpanSearch spans) {
        this.pages = pages;
        this.traces = traces;
        this.spans = spans;
    }

    /**
     * A page of traces, newest first where the orders leave it open. One of traces that are found by their spans may be
     * shorter than the limit, and empty, though it is not the last one.
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
        TracePages.Scan scan = new TracePages.Scan(experiments, conditions, orders);
        List<SpanClause> clauses = SCHEMA.spans(filter);
        if (!clauses.isEmpty()) {
            return spans.find(scan, clauses, limit, Optional.ofNullable(cursor));
        }
        Page<TraceId> found = pages.read(scan, limit, Optional.ofNullable(cursor));
        return new Page<>(traces.getAll(found.items()), found.next());
    }

    /**
     * All traces, of one part after another.
     *
     * @param from that began then or later, UTC milliseconds; null for any
     * @param until that began then or before; null for any
     * @param most so many are read; more are an error, {@code trace.too-many-read}
     */
    public void each(
            List<ExperimentId> experiments,
            @Nullable Long from,
            @Nullable Long until,
            int most,
            Consumer<Entity<TraceId, Trace>> step) {
        List<Condition> conditions = new ArrayList<>();
        if (from != null) {
            conditions.add(began(Comparison.GREATER_OR_EQUAL, from));
        }
        if (until != null) {
            conditions.add(began(Comparison.LESS_OR_EQUAL, until));
        }
        TracePages.Scan scan = new TracePages.Scan(experiments, conditions, List.of(OLDEST_FIRST));
        Optional<String> next = Optional.empty();
        int read = 0;
        do {
            Page<TraceId> part = pages.read(scan, Page.MAX_LIMIT, next);
            read += part.items().size();
            if (read > most) {
                throw SlipwayException.tooLarge(
                        "trace.too-many-read",
                        "More than " + most + " traces would have to be read; ask for a shorter time or fewer"
                                + " experiments.");
            }
            traces.getAll(part.items()).forEach(step);
            next = part.next();
        } while (next.isPresent());
    }

    private static Condition began(Comparison comparison, long time) {
        return new Condition.Compare(FacetKind.ATTRIBUTE, TraceFacets.TIME, comparison, new Facet.Value.Num(time));
    }

    /**
     * The oldest traces of an experiment.
     *
     * @param until that began then or before, UTC milliseconds
     * @param limit 1 to {@link Page#MAX_LIMIT}
     */
    public List<TraceId> oldest(ExperimentId experiment, long until, int limit) {
        TracePages.Scan scan = new TracePages.Scan(
                List.of(experiment), List.of(began(Comparison.LESS_OR_EQUAL, until)), List.of(OLDEST_FIRST));
        return pages.read(scan, limit, Optional.empty()).items();
    }
}
