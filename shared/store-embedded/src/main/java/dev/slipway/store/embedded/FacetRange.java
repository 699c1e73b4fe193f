package dev.slipway.store.embedded;

import dev.slipway.store.graph.Facet;
import dev.slipway.store.graph.FacetQuery.Filter;
import java.util.ArrayList;
import java.util.List;

/**
 * A filter as a range of stored values, within numbers or within texts: {@code low <= value <= high} and, unless null,
 * {@code value != except}.
 */
record FacetRange(String kind, String key, Object low, Object high, Object except) {
    /** Sorts after every text. */
    private static final Object AFTER_TEXTS = new byte[] {};

    static FacetRange of(Filter filter) {
        Object value = FacetTable.stored(filter.value());
        boolean number = filter.value() instanceof Facet.Value.Num;
        Object lowest = number ? (Object) Long.MIN_VALUE : "";
        Object highest = number ? (Object) Long.MAX_VALUE : AFTER_TEXTS;
        String kind = filter.kind().name();
        return switch (filter.comparison()) {
            case EQUAL -> new FacetRange(kind, filter.key(), value, value, null);
            case NOT_EQUAL -> new FacetRange(kind, filter.key(), lowest, highest, value);
            case LESS -> new FacetRange(kind, filter.key(), lowest, value, value);
            case LESS_OR_EQUAL -> new FacetRange(kind, filter.key(), lowest, value, null);
            case GREATER -> new FacetRange(kind, filter.key(), value, highest, value);
            case GREATER_OR_EQUAL -> new FacetRange(kind, filter.key(), value, highest, null);
        };
    }

    /** The values of a statement's {@code kind = ? AND key = ? AND value BETWEEN ? AND ? AND value IS NOT ?}. */
    List<Object> inScope() {
        List<Object> values = new ArrayList<>(List.of(kind, key, low, high));
        values.add(except);
        return values;
    }
}
