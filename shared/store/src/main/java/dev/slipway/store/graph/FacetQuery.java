package dev.slipway.store.graph;

import dev.slipway.kernel.EntityType;
import dev.slipway.kernel.Page;
import dev.slipway.kernel.Workspace;
import dev.slipway.kernel.id.EntityId;
import java.util.List;
import java.util.Optional;

/**
 * Asks for the entities of one type and scope whose facets satisfy all filters.
 *
 * <p>With an order, entities that lack its key come last, in the order of ids; entities whose values are equal stand in
 * the order of ids. Without one, the order is that of ids, newest first. Only entities that have at least one facet are
 * found.
 *
 * @param limit 1 to {@link Page#MAX_LIMIT}
 * @param cursor what a page of the same query gave
 */
public record FacetQuery(
        Workspace workspace,
        EntityType type,
        EntityId scope,
        List<Filter> filters,
        Optional<Order> order,
        int limit,
        Optional<String> cursor) {
    public FacetQuery {
        filters = List.copyOf(filters);
        Page.checkLimit(limit);
    }

    /** An entity satisfies it if it has the facet and the facet's value compares so. Numbers and texts never compare. */
    public record Filter(FacetKind kind, String key, Comparison comparison, Facet.Value value) {}

    public record Order(FacetKind kind, String key, boolean descending) {}

    public enum Comparison {
        EQUAL,
        NOT_EQUAL,
        LESS,
        LESS_OR_EQUAL,
        GREATER,
        GREATER_OR_EQUAL
    }
}
