package dev.slipway.store.arangodb;

import dev.slipway.store.graph.Facet;
import dev.slipway.store.graph.FacetKind;
import dev.slipway.store.graph.FacetQuery.Order;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * In what order entities stand: by some facets, then by ids. An entity's place in the order of a facet is that of the
 * value, but for what stands last in spite of the direction, which has a place that does.
 */
record SearchOrder(List<ByKey> facets, boolean idsDescending) {
    private static final String NAN = Ordered.facet(new Facet.Value.Num(Double.NaN));
    /** When descending, NaN stands below all numbers, and what lacks the key below that. */
    private static final String LOW_NAN = Ordered.BEFORE_VALUES + "1";

    record ByKey(FacetKind kind, String key, boolean descending) {
        /** The values of which a text makes places. */
        private Map<String, Object> values() {
            return Map.of(
                    "kind",
                    kind.name(),
                    "key",
                    key,
                    "descending",
                    descending,
                    "missing",
                    descending ? Ordered.BEFORE_VALUES : Ordered.AFTER_VALUES,
                    "lowNan",
                    descending ? LOW_NAN : NAN);
        }
    }

    /** Ids are the end of every order; what comes after them, or a facet's second time, tells nothing more. */
    static SearchOrder of(List<Order> orders) {
        List<ByKey> facets = new ArrayList<>();
        for (Order order : orders) {
            if (order instanceof Order.ById byId) {
                return new SearchOrder(facets, byId.descending());
            }
            Order.ByFacet by = (Order.ByFacet) order;
            if (facets.stream()
                    .noneMatch(facet -> facet.kind() == by.kind() && facet.key().equals(by.key()))) {
                facets.add(new ByKey(by.kind(), by.key(), by.descending()));
            }
        }
        return new SearchOrder(facets, true);
    }

    Map<String, Object> values() {
        return Map.of(
                "orders", facets.stream().map(ByKey::values).toList(), "idsDescending", idsDescending, "nan", NAN);
    }

    int compare(Found left, Found right) {
        for (int i = 0; i < facets.size(); i++) {
            int compared = left.places().get(i).compareTo(right.places().get(i));
            if (compared != 0) {
                return facets.get(i).descending() ? -compared : compared;
            }
        }
        int compared = left.rank().compareTo(right.rank());
        return idsDescending ? -compared : compared;
    }
}
