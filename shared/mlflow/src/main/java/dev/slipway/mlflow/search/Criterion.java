package dev.slipway.mlflow.search;

import dev.slipway.store.graph.FacetQuery.Comparison;
import java.util.List;

/** What a clause demands of a value. */
public sealed interface Criterion {
    /** How it compares with a number. */
    record Numeric(Comparison comparison, double value) implements Criterion {}

    /** Whether it is a text, EQUAL, or is not, NOT_EQUAL. */
    record Text(Comparison comparison, String value) implements Criterion {}

    /** Whether a pattern fits, in which, as in SQL, {@code %} stands for any text and {@code _} for any character. */
    record Like(String pattern, boolean ignoreCase) implements Criterion {}

    /** Whether it is, or is not, one of several texts. */
    record In(List<String> values, boolean negated) implements Criterion {}

    /** Whether there is none, or, negated, any. */
    record Null(boolean negated) implements Criterion {}
}
