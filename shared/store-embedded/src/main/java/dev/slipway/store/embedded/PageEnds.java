package dev.slipway.store.embedded;

import dev.slipway.kernel.id.EntityId;
import dev.slipway.store.common.Cursor;
import dev.slipway.store.graph.FacetQuery;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Cursors of one search. A cursor has the places and the id of the last entity of its page; of a long text it has only
 * the beginning, and the rest is read again.
 */
final class PageEnds {
    private static final int LONG = 1000;

    private final Session session;
    private final SearchOrder order;
    private final Cursor cursors;

    PageEnds(Session session, FacetQuery query, SearchOrder order) {
        this.session = session;
        this.order = order;
        this.cursors = Cursor.of(
                "facets", query.workspace(), query.type(), query.scopes(), query.conditions(), query.orders());
    }

    String write(Found last) {
        List<Object> position = new ArrayList<>();
        last.places().forEach(place -> position.add(place instanceof String text ? shortened(text) : place));
        position.add(last.entity().value());
        return cursors.write(position);
    }

    private static String shortened(String text) {
        if (text.length() <= LONG) {
            return text;
        }
        return text.substring(0, Character.isHighSurrogate(text.charAt(LONG - 1)) ? LONG - 1 : LONG);
    }

    Optional<Found> read(Optional<String> cursor) throws SQLException {
        if (cursor.isEmpty()) {
            return Optional.empty();
        }
        int facets = order.facets().size();
        List<Object> position = cursors.read(cursor.get(), "v".repeat(facets) + "t");
        EntityId entity = new EntityId((String) position.get(facets));
        List<Object> places = new ArrayList<>();
        for (int i = 0; i < facets; i++) {
            places.add(whole(position.get(i), entity, order.facets().get(i).name()));
        }
        return Optional.of(new Found(places, entity));
    }

    /** If the text has changed meanwhile, its beginning is place enough. */
    private Object whole(Object place, EntityId entity, long name) throws SQLException {
        if (!(place instanceof String start) || start.length() < LONG - 1) {
            return place;
        }
        return session.first(GraphSql.FACET, row -> row.getString("value"), Ids.bytes(entity), name)
                .filter(text -> text.startsWith(start))
                .orElse(start);
    }
}
