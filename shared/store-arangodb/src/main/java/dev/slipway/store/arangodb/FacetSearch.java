package dev.slipway.store.arangodb;

import com.arangodb.entity.BaseDocument;
import dev.slipway.kernel.Page;
import dev.slipway.kernel.id.EntityId;
import dev.slipway.store.common.Pages;
import dev.slipway.store.graph.FacetQuery;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds entities by their facets, in one scope after the other. If one condition is satisfied by few, these are looked
 * through and sorted; otherwise, without an order, entities are walked by id until the page is full, and with one all
 * of the scope are looked through and sorted.
 */
final class FacetSearch {
    /** So many rows are sorted in a few milliseconds. */
    static final int FEW = 5_000;

    private final int few;

    /** @param few how many entities may satisfy a condition for it to drive the search */
    FacetSearch(int few) {
        this.few = few;
    }

    Page<EntityId> page(Session session, FacetQuery query) {
        SearchOrder order = SearchOrder.of(query.orders());
        PageEnds ends = new PageEnds(session, query, order);
        Optional<Found> after = ends.read(query.cursor());
        SearchTests tests = new SearchTests(query.conditions());
        List<Found> found = new ArrayList<>();
        for (EntityId scope : new LinkedHashSet<>(query.scopes())) {
            found.addAll(new InScope(session, query, scope, tests, order).find(after, few));
        }
        found.sort(order::compare);
        return Pages.of(found, query.limit(), Found::id, ends::write);
    }

    /** The search in one scope, of one item more than a page has. */
    private record InScope(Session session, FacetQuery query, EntityId scope, SearchTests tests, SearchOrder order) {
        private List<Found> find(Optional<Found> after, int few) {
            Map<String, Object> values = scoped();
            values.putAll(tests.values());
            values.putAll(order.values());
            values.put("after", after.map(Found::values).orElse(null));
            values.put("limit", query.limit() + 1);
            if (tests.among().isPresent()) {
                values.put(
                        "listed", tests.among().get().stream().map(Ordered::id).toList());
                return session.query(Aql.SEARCH_LISTED, values, InScope::found);
            }
            Optional<Map<String, Object>> driver = fewest(few);
            if (driver.isPresent()) {
                values.putAll(range(driver.get()));
                return session.query(Aql.SEARCH_FEW, values, InScope::found);
            }
            if (order.facets().isEmpty()) {
                return walk(after);
            }
            return session.query(Aql.SEARCH_ALL, values, InScope::found);
        }

        private List<Found> walk(Optional<Found> after) {
            Map<String, Object> values = scoped();
            values.putAll(tests.values());
            boolean down = order.idsDescending();
            String last = after.map(Found::rank).orElse(down ? String.valueOf(Ordered.AFTER) : "");
            values.put("low", down ? "" : last);
            values.put("high", down ? last : String.valueOf(Ordered.AFTER));
            values.put("limit", query.limit() + 1);
            return session.query(
                    down ? Aql.SEARCH_BY_ID_DESCENDING : Aql.SEARCH_BY_ID_ASCENDING, values, InScope::found);
        }

        private Map<String, Object> scoped() {
            Map<String, Object> values = new HashMap<>();
            values.put("workspace", query.workspace().name());
            values.put("type", query.type().wireName());
            values.put("scope", scope.value());
            return values;
        }

        private static Map<String, Object> range(Map<String, Object> test) {
            Map<String, Object> range = new HashMap<>(test);
            range.keySet().retainAll(List.of("kind", "key", "low", "high"));
            return range;
        }

        /** The test of a facet in whose range the fewest lie, if these are few. */
        private Optional<Map<String, Object>> fewest(int few) {
            Optional<Map<String, Object>> fewest = Optional.empty();
            long count = few;
            for (Map<String, Object> test : tests.facets()) {
                Map<String, Object> values = scoped();
                values.putAll(range(test));
                values.put("limit", count + 1);
                long satisfied = session.query(Aql.SEARCH_COUNT, values, row -> Fields.number(row, "total"))
                        .get(0);
                if (satisfied <= count) {
                    fewest = Optional.of(test);
                    count = satisfied;
                }
            }
            return fewest;
        }

        private static Found found(BaseDocument row) {
            List<String> places = new ArrayList<>();
            ((List<?>) row.getAttribute("places")).forEach(place -> places.add((String) place));
            return new Found(places, Fields.text(row, "rank"));
        }
    }
}
