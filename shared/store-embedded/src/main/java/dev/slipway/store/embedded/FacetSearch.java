package dev.slipway.store.embedded;

import dev.slipway.kernel.Page;
import dev.slipway.kernel.id.EntityId;
import dev.slipway.store.common.Cursor;
import dev.slipway.store.common.Pages;
import dev.slipway.store.graph.FacetQuery;
import dev.slipway.store.graph.FacetQuery.Order;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Finds entities by their facets. If one filter is satisfied by few, these are looked through and sorted; otherwise the
 * entities are walked in the order asked for, each checked against the filters, until the page is full.
 */
final class FacetSearch {
    /** So many rows are sorted in a few milliseconds. */
    static final int FEW = 5_000;

    /** Sorts after every id. */
    private static final String AFTER_IDS = "g";

    private static final Double BEFORE_VALUES = Double.NEGATIVE_INFINITY;
    private static final byte[] AFTER_VALUES = {};

    private final int few;

    /** @param few how many entities may satisfy a filter for it to drive the search */
    FacetSearch(int few) {
        this.few = few;
    }

    /** @param value null if the entity lacks the key of the order */
    private record Found(String entity, Object value) {}

    Page<EntityId> page(Session session, FacetQuery query) throws SQLException {
        Cursor cursors =
                Cursor.of("facets", query.workspace(), query.type(), query.scope(), query.filters(), query.order());
        List<FacetRange> filters = query.filters().stream().map(FacetRange::of).toList();
        FacetRange driver = fewest(session, query, filters);
        Walk walk = new Walk(session, query, filters, driver);
        List<Found> found;
        if (query.order().isEmpty()) {
            String before = query.cursor()
                    .map(cursor -> (String) cursors.read(cursor, "t").get(0))
                    .orElse(AFTER_IDS);
            found = walk.byId(before);
            return Pages.of(found, query.limit(), FacetSearch::id, last -> cursors.write(List.of(last.entity())));
        }
        Order order = query.order().get();
        List<Object> after = query.cursor()
                .map(cursor -> cursors.read(cursor, "vt"))
                .orElse(order.descending() ? List.of(AFTER_VALUES, AFTER_IDS) : List.of(BEFORE_VALUES, ""));
        found = driver == null ? walk.byValue(order, after) : walk.fewByValue(order, after);
        return Pages.of(
                found,
                query.limit(),
                FacetSearch::id,
                last -> cursors.write(List.of(last.value() == null ? missing(order) : last.value(), last.entity())));
    }

    private static EntityId id(Found found) {
        return new EntityId(found.entity());
    }

    /** The value in whose place a missing one stands: after all others in the order asked for. */
    private static Object missing(Order order) {
        return order.descending() ? BEFORE_VALUES : AFTER_VALUES;
    }

    /** The filter satisfied by the fewest; null when each is satisfied by many. */
    private FacetRange fewest(Session session, FacetQuery query, List<FacetRange> filters) throws SQLException {
        FacetRange fewest = null;
        long count = few;
        for (FacetRange filter : filters) {
            long satisfied =
                    session.number(FacetSearchSql.COUNT, values(place(query), filter.inScope(), List.of(count + 1)));
            if (satisfied <= count) {
                fewest = filter;
                count = satisfied;
            }
        }
        return fewest;
    }

    private static List<Object> place(FacetQuery query) {
        return List.of(
                query.workspace().name(), query.type().wireName(), query.scope().value());
    }

    private static Object[] values(List<?>... parts) {
        return Arrays.stream(parts).flatMap(List::stream).toArray(Object[]::new);
    }

    /** One page's walk, one item more than its limit. */
    private record Walk(Session session, FacetQuery query, List<FacetRange> filters, FacetRange driver) {
        private List<Found> byId(String before) throws SQLException {
            return driver == null
                    ? run(FacetSearchSql.BY_ID, place(query), List.of(before))
                    : run(FacetSearchSql.FEW_BY_ID, place(query), driver.inScope(), List.of(before));
        }

        private List<Found> fewByValue(Order order, List<Object> after) throws SQLException {
            return run(
                    order.descending() ? FacetSearchSql.FEW_BY_VALUE_DESCENDING : FacetSearchSql.FEW_BY_VALUE_ASCENDING,
                    List.of(query.workspace().name(), order.kind().name(), order.key()),
                    place(query),
                    driver.inScope(),
                    after);
        }

        /** First those that have the key, through the index of values, then those that lack it. */
        private List<Found> byValue(Order order, List<Object> after) throws SQLException {
            List<FacetRange> bounds = filters.stream()
                    .filter(filter -> filter.kind().equals(order.kind().name())
                            && filter.key().equals(order.key()))
                    .toList();
            List<Found> found = new ArrayList<>();
            boolean amongMissing =
                    order.descending() ? BEFORE_VALUES.equals(after.get(0)) : after.get(0) instanceof byte[];
            if (!amongMissing) {
                found.addAll(withValue(order, bounds, after));
            }
            // A filter on the key itself is satisfied by none that lack it.
            if (found.size() <= query.limit() && bounds.isEmpty()) {
                Object last = amongMissing ? after.get(1) : order.descending() ? AFTER_IDS : "";
                found.addAll(run(
                        order.descending()
                                ? FacetSearchSql.WITHOUT_VALUE_DESCENDING
                                : FacetSearchSql.WITHOUT_VALUE_ASCENDING,
                        place(query),
                        List.of(last, query.workspace().name(), order.kind().name(), order.key())));
            }
            return found;
        }

        /** Begins and ends where the filters on the key of the order allow the first and the last value. */
        private List<Found> withValue(Order order, List<FacetRange> bounds, List<Object> after) throws SQLException {
            Object low = bounds.stream()
                    .map(FacetRange::low)
                    .max(StoredOrder::compare)
                    .orElse(BEFORE_VALUES);
            Object high = bounds.stream()
                    .map(FacetRange::high)
                    .min(StoredOrder::compare)
                    .orElse(AFTER_VALUES);
            List<Object> begin = after;
            if (order.descending() && StoredOrder.compare(high, after.get(0)) < 0) {
                begin = List.of(high, AFTER_IDS);
            } else if (!order.descending() && StoredOrder.compare(low, after.get(0)) > 0) {
                begin = List.of(low, "");
            }
            return run(
                    order.descending() ? FacetSearchSql.BY_VALUE_DESCENDING : FacetSearchSql.BY_VALUE_ASCENDING,
                    place(query),
                    List.of(order.kind().name(), order.key()),
                    begin,
                    List.of(order.descending() ? low : high));
        }

        private List<Found> run(FacetSearchSql sql, List<?>... driverValues) throws SQLException {
            List<Object> all = new ArrayList<>(Arrays.asList(values(driverValues)));
            for (FacetRange filter : filters) {
                all.add(query.workspace().name());
                all.addAll(filter.inScope());
            }
            all.add(query.limit() + 1);
            return session.query(
                    sql.with(filters.size()),
                    row -> new Found(row.getString("entity"), Values.read(row, "value")),
                    all.toArray());
        }
    }
}
