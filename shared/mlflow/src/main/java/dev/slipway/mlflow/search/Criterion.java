package dev.slipway.mlflow.search;

import dev.slipway.store.graph.FacetQuery.Comparison;
import java.util.List;

/** What a clause demands of a value. */
public sealed interface Criterion {
    /** @param comparison with a number */
    record Number(Comparison comparison, double value) implements Criterion {}

    /** @param comparison EQUAL or NOT_EQUAL */
    record Text(Comparison comparison, String value) implements Criterion {}

    /** @param pattern as in SQL: {@code %} stands for any text, {@code _} for any character */
    record Like(String pattern, boolean ignoreCase) implements Criterion {}

    /** Whether it is, or is not, one of several texts. */
    record In(List<String> values, boolean negated) implements Criterion {}

    /** Whether there is none, or, negated, any. */
    record Null(boolean negated) implements Criterion {}
}
