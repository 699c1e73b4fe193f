package dev.slipway.training;

import dev.slipway.kernel.EntityType;
import dev.slipway.kernel.Page;
import dev.slipway.kernel.id.EntityId;
import dev.slipway.runtime.caller.Callers;
import dev.slipway.store.graph.FacetQuery;
import dev.slipway.store.graph.FacetQuery.Condition;
import dev.slipway.store.graph.FacetQuery.Order;
import dev.slipway.store.graph.GraphStore;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds entities of the caller's workspace by their facets, in pages that may be longer than those of the store. */
@Singleton
public final class Search {
    private final GraphStore graph;
    private final Callers callers;

    Search(GraphStore graph, Callers callers) {
        this.graph = graph;
        this.callers = callers;
    }

    /**
     * A page of what is found in any of the scopes.
     *
     * @param limit 1 or more
     * @param cursor what a page of the same search gave
     */
    public Page<EntityId> find(
            EntityType type,
            List<EntityId> scopes,
            List<Condition> conditions,
            List<Order> orders,
            int limit,
            Optional<String> cursor) {
        List<EntityId> found = new ArrayList<>();
        Optional<String> next = cursor;
        do {
            int wanted = Math.min(limit - found.size(), Page.MAX_LIMIT);
            Page<EntityId> page =
                    graph.search(new FacetQuery(callers.workspace(), type, scopes, conditions, orders, wanted, next));
            found.addAll(page.items());
            next = page.next();
        } while (next.isPresent() && found.size() < limit);
        return new Page<>(found, next);
    }
}
