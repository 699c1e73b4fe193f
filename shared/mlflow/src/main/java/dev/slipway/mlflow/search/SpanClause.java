package dev.slipway.mlflow.search;

/**
 * What a filter demands of a span.
 *
 * @param key {@code name}, {@code type}, {@code status}, {@code content}, or {@code attributes.} and the key of one
 * @param criterion about a text
 */
public record SpanClause(String key, Criterion criterion) {
    /** What stands before the key of an attribute. */
    public static final String ATTRIBUTES = "attributes.";

    /** All texts of a span. */
    public static final String CONTENT = "content";
}
