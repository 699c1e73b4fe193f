package dev.slipway.training.trace;

import dev.slipway.kernel.EntityType;
import dev.slipway.kernel.Page;
import dev.slipway.kernel.id.EntityId;
import dev.slipway.kernel.id.ExperimentId;
import dev.slipway.kernel.id.TraceId;
import dev.slipway.store.graph.FacetQuery.Condition;
import dev.slipway.store.graph.FacetQuery.Order;
import dev.slipway.training.Search;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/** Reads the ids of traces from the store, page by page. */
@Singleton
final class TracePages {
    private final Search search;

    TracePages(Search search) {
        this.search = search;
    }

    /**
     * Which traces, and in which order.
     *
     * @param experiments one at least
     */
    record Scan(List<ExperimentId> experiments, List<Condition> conditions, List<Order> orders) {}

    Page<TraceId> read(Scan scan, int limit, Optional<String> cursor) {
        List<EntityId> experiments =
                scan.experiments().stream().map(EntityId::of).distinct().toList();
        return search.find(EntityType.TRACE, experiments, scan.conditions(), scan.orders(), limit, cursor)
                .map(id -> new TraceId(id.value()));
    }
}
