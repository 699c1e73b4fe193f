package dev.slipway.mlflow.search;

import dev.slipway.store.graph.Facet;
import dev.slipway.store.graph.FacetKind;
import dev.slipway.store.graph.FacetQuery.Comparison;
import dev.slipway.store.graph.FacetQuery.Condition;
import java.util.List;
import java.util.stream.Stream;

/**
 * Comparisons of numbers as people mean them, in the order of the store, which tells the two zeros apart and has NaN above all
 * others.
 */
public final class Numbers {
    private Numbers() {}

    /** What the store has to hold for a number to compare so. */
    public static List<Condition> conditions(FacetKind kind, String key, Criterion.Numeric criterion) {
        double value = criterion.value();
        return switch (criterion.comparison()) {
            case EQUAL -> of(kind, key, greaterOrEqual(value), lessOrEqual(value));
            case NOT_EQUAL ->
                value == 0
                        ? of(kind, key, new Bound(Comparison.NOT_EQUAL, 0.0), new Bound(Comparison.NOT_EQUAL, -0.0))
                        : of(kind, key, new Bound(Comparison.NOT_EQUAL, value));
            case LESS -> of(kind, key, new Bound(Comparison.LESS, value == 0 ? -0.0 : value));
            case LESS_OR_EQUAL -> of(kind, key, lessOrEqual(value));
            case GREATER ->
                of(
                        kind,
                        key,
                        new Bound(Comparison.GREATER, value == 0 ? 0.0 : value),
                        lessOrEqual(Double.POSITIVE_INFINITY));
            case GREATER_OR_EQUAL -> of(kind, key, greaterOrEqual(value), lessOrEqual(Double.POSITIVE_INFINITY));
        };
    }

    private record Bound(Comparison comparison, double value) {}

    private static Bound lessOrEqual(double value) {
        return new Bound(Comparison.LESS_OR_EQUAL, value == 0 ? 0.0 : value);
    }

    private static Bound greaterOrEqual(double value) {
        return new Bound(Comparison.GREATER_OR_EQUAL, value == 0 ? -0.0 : value);
    }

    private static List<Condition> of(FacetKind kind, String key, Bound... bounds) {
        return Stream.of(bounds)
                .<Condition>map(bound ->
                        new Condition.Compare(kind, key, bound.comparison(), new Facet.Value.Num(bound.value())))
                .toList();
    }
}
