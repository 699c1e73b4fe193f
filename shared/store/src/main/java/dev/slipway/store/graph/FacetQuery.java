package dev.slipway.store.graph;

import dev.slipway.kernel.EntityType;
import dev.slipway.kernel.Page;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.Workspace;
import dev.slipway.kernel.id.EntityId;
import java.util.List;
import java.util.Optional;

/**
 * Asks for the entities of one type and scope whose facets satisfy all filters.
 *
 * <p>With an order, numbers come before texts when ascending, numbers stand as {@link OrderedDouble} has them, and
 * entities whose values are equal stand in the order of ids, in the same direction as the values. Entities that lack the
 * key come last, either way, among themselves in the order of ids in that direction. Without an order it is that of
 * ids, newest first. Only entities that have at least one facet are found.
 *
 * @param filters at most {@value #MAX_FILTERS}
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
    public static final int MAX_FILTERS = 20;

    public FacetQuery {
        filters = List.copyOf(filters);
        if (filters.size() > MAX_FILTERS) {
            throw SlipwayException.invalid(
                    "search.filters", "A search has " + MAX_FILTERS + " filters at most, not " + filters.size() + ".");
        }
        Page.checkLimit(limit);
    }

    /**
     * An entity satisfies it if it has the facet and the facet's value compares so. Numbers and texts never compare, not
     * even as unequal; numbers compare as {@link OrderedDouble} has them, texts by their UTF-8 bytes.
     */
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
