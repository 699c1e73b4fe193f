package dev.slipway.store.arangodb;

import dev.slipway.store.graph.Facet;
import dev.slipway.store.graph.FacetQuery.Filter;
import java.util.Map;

/**
 * A filter as a range of places, within those of numbers or of texts, both bounds left out, and without those that begin
 * with {@code except}.
 */
record FacetRange(String kind, String key, String low, String high, String except) {
    /** No place begins so. */
    private static final String NOTHING = String.valueOf(Ordered.AFTER);

    static FacetRange of(Filter filter) {
        String value = Ordered.facet(filter.value());
        String lowest = filter.value() instanceof Facet.Value.Num ? Ordered.NUMBERS : Ordered.TEXTS;
        String highest = after(lowest);
        String kind = filter.kind().name();
        return switch (filter.comparison()) {
            case EQUAL -> new FacetRange(kind, filter.key(), value, after(value), NOTHING);
            case NOT_EQUAL -> new FacetRange(kind, filter.key(), lowest, highest, value);
            case LESS -> new FacetRange(kind, filter.key(), lowest, value, NOTHING);
            case LESS_OR_EQUAL -> new FacetRange(kind, filter.key(), lowest, after(value), NOTHING);
            case GREATER -> new FacetRange(kind, filter.key(), after(value), highest, NOTHING);
            case GREATER_OR_EQUAL -> new FacetRange(kind, filter.key(), value, highest, NOTHING);
        };
    }

    private static String after(String prefix) {
        return prefix + Ordered.AFTER;
    }

    /** The values of a query's {@code @kind}, {@code @key}, {@code @low}, {@code @high} and {@code @except}. */
    Map<String, Object> values() {
        return Map.of("kind", kind, "key", key, "low", low, "high", high, "except", except);
    }
}
