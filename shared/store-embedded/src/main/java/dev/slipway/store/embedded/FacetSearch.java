package dev.slipway.store.embedded;

import dev.slipway.kernel.Page;
import dev.slipway.kernel.id.EntityId;
import dev.slipway.store.common.Pages;
import dev.slipway.store.embedded.SearchOrder.ByName;
import dev.slipway.store.graph.FacetQuery;
import dev.slipway.store.graph.FacetQuery.Order;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds entities by their facets: one page of each scope, put together in the order asked for. */
final class FacetSearch {
    private final SearchEffort effort;

    FacetSearch(SearchEffort effort) {
        this.effort = effort;
    }

    Page<EntityId> page(Session session, FacetQuery query) throws SQLException {
        FacetNames names = new FacetNames(session);
        SearchOrder order = order(names, query);
        PageEnds ends = new PageEnds(session, query, order);
        Optional<Found> after = ends.read(query.cursor());
        SearchConditions conditions = SearchConditions.of(names, query.workspace(), query.conditions());
        List<Found> found = new ArrayList<>();
        int scopes = 0;
        for (EntityId scope : new LinkedHashSet<>(query.scopes())) {
            long number = names.scope(query.workspace(), query.type(), scope);
            if (number != FacetNames.UNKNOWN) {
                scopes++;
                found.addAll(
                        new ScopeSearch(new SearchRows(session, number), effort, conditions, order, query.limit() + 1)
                                .find(after));
            }
        }
        if (scopes > 1) {
            found.sort(order::compare);
        }
        return Pages.of(found, query.limit(), Found::entity, ends::write);
    }

    /** Ids are the end of every order; what comes after them, or a facet's second time, tells nothing more. */
    private static SearchOrder order(FacetNames names, FacetQuery query) throws SQLException {
        List<ByName> facets = new ArrayList<>();
        Set<List<Object>> seen = new HashSet<>();
        for (Order order : query.orders()) {
            if (order instanceof Order.ById byId) {
                return new SearchOrder(facets, byId.descending());
            }
            Order.ByFacet by = (Order.ByFacet) order;
            if (seen.add(List.of(by.kind(), by.key()))) {
                facets.add(new ByName(names.name(query.workspace(), by.kind(), by.key()), by.descending()));
            }
        }
        return new SearchOrder(facets, true);
    }
}
