package dev.slipway.store.arangodb;

import dev.slipway.kernel.id.EntityId;
import dev.slipway.store.arangodb.SearchOrder.ByKey;
import dev.slipway.store.common.Cursor;
import dev.slipway.store.graph.FacetQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Cursors of one search. A cursor has the places and the id of the last entity of its page; of a long place it has only
 * the beginning, and the rest is read again.
 */
final class PageEnds {
    private static final int LONG = 4000;

    private final Session session;
    private final FacetQuery query;
    private final SearchOrder order;
    private final Cursor cursors;

    PageEnds(Session session, FacetQuery query, SearchOrder order) {
        this.session = session;
        this.query = query;
        this.order = order;
        this.cursors = Cursor.of(
                "facets", query.workspace(), query.type(), query.scopes(), query.conditions(), query.orders());
    }

    String write(Found last) {
        List<Object> position = new ArrayList<>();
        last.places().forEach(place -> position.add(place.substring(0, Math.min(place.length(), LONG))));
        position.add(last.rank());
        return cursors.write(position);
    }

    Optional<Found> read(Optional<String> cursor) {
        if (cursor.isEmpty()) {
            return Optional.empty();
        }
        int facets = order.facets().size();
        List<Object> position = cursors.read(cursor.get(), "t".repeat(facets + 1));
        String rank = (String) position.get(facets);
        List<String> places = new ArrayList<>();
        for (int i = 0; i < facets; i++) {
            places.add(whole(
                    (String) position.get(i), Ordered.id(rank), order.facets().get(i)));
        }
        return Optional.of(new Found(places, rank));
    }

    /** If the value has changed meanwhile, its beginning is place enough. */
    private String whole(String place, EntityId entity, ByKey by) {
        if (place.length() < LONG) {
            return place;
        }
        return session.get(Table.FACETS, Keys.facet(query.workspace(), entity, by.kind(), by.key()))
                .map(FacetDocuments::value)
                .filter(value -> value.startsWith(place))
                .orElse(place);
    }
}
