package dev.slipway.store.arangodb;

import com.arangodb.entity.BaseDocument;
import dev.slipway.kernel.Page;
import dev.slipway.kernel.id.EntityId;
import dev.slipway.store.common.Cursor;
import dev.slipway.store.common.Pages;
import dev.slipway.store.graph.FacetQuery;
import dev.slipway.store.graph.FacetQuery.Order;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds entities by their facets. If one filter is satisfied by few, these are looked through and sorted; otherwise the
 * entities are walked in the order asked for, each checked against the filters, until the page is full.
 */
final class FacetSearch {
    /** So many rows are sorted in a few milliseconds. */
    static final int FEW = 5_000;

    private final int few;

    /** @param few how many entities may satisfy a filter for it to drive the search */
    FacetSearch(int few) {
        this.few = few;
    }

    /** @param place the value and the id; the id alone in a search without an order */
    private record Found(String entity, String place) {}

    Page<EntityId> page(Session session, FacetQuery query) {
        Cursor cursors =
                Cursor.of("facets", query.workspace(), query.type(), query.scope(), query.filters(), query.order());
        String last = query.cursor()
                .map(cursor -> (String) cursors.read(cursor, "t").get(0))
                .orElseGet(() -> beginning(query));
        List<FacetRange> filters = query.filters().stream().map(FacetRange::of).toList();
        List<Found> found = new Walk(session, query, filters).from(fewest(session, query, filters), last);
        return Pages.of(
                found,
                query.limit(),
                entity -> new EntityId(entity.entity()),
                end -> cursors.write(List.of(end.place())));
    }

    /** Before the first place in the order asked for. */
    private static String beginning(FacetQuery query) {
        boolean descending = query.order().map(Order::descending).orElse(true);
        return descending ? String.valueOf(Ordered.AFTER) : "";
    }

    /** The filter satisfied by the fewest; null when each is satisfied by many. */
    private FacetRange fewest(Session session, FacetQuery query, List<FacetRange> filters) {
        FacetRange fewest = null;
        long count = few;
        for (FacetRange filter : filters) {
            Map<String, Object> values = scope(query);
            values.putAll(filter.values());
            values.put("limit", count + 1);
            long satisfied = session.query(Aql.SEARCH_COUNT, values, row -> Fields.number(row, "total"))
                    .get(0);
            if (satisfied <= count) {
                fewest = filter;
                count = satisfied;
            }
        }
        return fewest;
    }

    private static Map<String, Object> scope(FacetQuery query) {
        Map<String, Object> values = new HashMap<>();
        values.put("workspace", query.workspace().name());
        values.put("type", query.type().wireName());
        values.put("scope", query.scope().value());
        return values;
    }

    /** One page's walk, one item more than its limit. */
    private record Walk(Session session, FacetQuery query, List<FacetRange> filters) {
        private List<Found> from(FacetRange driver, String last) {
            if (query.order().isEmpty()) {
                return driver == null
                        ? run(Aql.SEARCH_BY_ID, Map.of("before", last))
                        : run(Aql.SEARCH_FEW_BY_ID, driver.values(), Map.of("before", last));
            }
            Order order = query.order().get();
            return driver == null ? byValue(order, last) : fewByValue(order, driver, last);
        }

        private List<Found> fewByValue(Order order, FacetRange driver, String last) {
            Map<String, Object> ordered = Map.of(
                    "orderKind",
                    order.kind().name(),
                    "orderKey",
                    order.key(),
                    "missing",
                    missing(order),
                    order.descending() ? "before" : "after",
                    last);
            return run(
                    order.descending() ? Aql.SEARCH_FEW_BY_VALUE_DESCENDING : Aql.SEARCH_FEW_BY_VALUE_ASCENDING,
                    driver.values(),
                    ordered);
        }

        /** Begins the place of an entity that lacks the key: after all others in the order asked for. */
        private static String missing(Order order) {
            return order.descending() ? Ordered.BEFORE_VALUES : Ordered.AFTER_VALUES;
        }

        /** First those that have the key, through the index of values, then those that lack it. */
        private List<Found> byValue(Order order, String last) {
            List<FacetRange> bounds = filters.stream()
                    .filter(filter -> filter.kind().equals(order.kind().name())
                            && filter.key().equals(order.key()))
                    .toList();
            List<Found> found = new ArrayList<>();
            boolean amongMissing = last.startsWith(missing(order));
            if (!amongMissing) {
                found.addAll(withValue(order, bounds, last));
            }
            // A filter on the key itself is satisfied by none that lack it.
            if (found.size() <= query.limit() && bounds.isEmpty()) {
                found.addAll(withoutValue(order, amongMissing ? last.substring(1) : ""));
            }
            return found;
        }

        /** Begins and ends where the filters on the key of the order allow the first and the last value. */
        private List<Found> withValue(Order order, List<FacetRange> bounds, String last) {
            String low = bounds.stream()
                    .map(FacetRange::low)
                    .max(Comparator.naturalOrder())
                    .orElse("");
            String high = bounds.stream()
                    .map(FacetRange::high)
                    .min(Comparator.naturalOrder())
                    .orElse(String.valueOf(Ordered.AFTER));
            if (order.descending()) {
                high = high.compareTo(last) < 0 ? high : last;
            } else {
                low = low.compareTo(last) > 0 ? low : last;
            }
            return run(
                    order.descending() ? Aql.SEARCH_BY_VALUE_DESCENDING : Aql.SEARCH_BY_VALUE_ASCENDING,
                    Map.of("kind", order.kind().name(), "key", order.key(), "low", low, "high", high));
        }

        /** @param last the id that the page before ended with, empty at the beginning */
        private List<Found> withoutValue(Order order, String last) {
            boolean begin = last.isEmpty();
            return run(
                    order.descending() ? Aql.SEARCH_WITHOUT_VALUE_DESCENDING : Aql.SEARCH_WITHOUT_VALUE_ASCENDING,
                    Map.of(
                            "kind",
                            order.kind().name(),
                            "key",
                            order.key(),
                            "missing",
                            missing(order),
                            "low",
                            order.descending() ? "" : last,
                            "high",
                            begin || !order.descending() ? String.valueOf(Ordered.AFTER) : last));
        }

        @SafeVarargs
        private List<Found> run(Aql aql, Map<String, Object>... parts) {
            Map<String, Object> values = scope(query);
            for (Map<String, Object> part : parts) {
                values.putAll(part);
            }
            values.put("filters", filters.stream().map(FacetRange::values).toList());
            values.put("limit", query.limit() + 1);
            return session.query(aql, values, Walk::found);
        }

        private static Found found(BaseDocument row) {
            return new Found(Fields.text(row, "entity"), Fields.text(row, "place"));
        }
    }
}
