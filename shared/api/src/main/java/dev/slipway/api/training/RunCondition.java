package dev.slipway.api.training;

import dev.slipway.api.Required;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.serde.annotation.Serdeable;
import java.util.List;

/**
 * What a run has to satisfy.
 *
 * @param key of a metric, param or tag, or the name of an attribute
 * @param texts with which texts are compared: one, or at most 1000 of {@code IN} and {@code NOT_IN}
 * @param number with which metrics and times are compared; null where texts are, or nothing
 */
@Serdeable
public record RunCondition(
        RunSource source,
        String key,
        Operator operator,
        List<String> texts,
        @Nullable Double number) {
    public RunCondition {
        Required.part("source", source);
        Required.part("key", key);
        Required.part("operator", operator);
        texts = texts == null ? List.of() : List.copyOf(texts);
    }

    /** How a value is compared; one that is missing satisfies {@code MISSING} alone. */
    public enum Operator {
        EQUAL,
        NOT_EQUAL,
        LESS,
        LESS_OR_EQUAL,
        GREATER,
        GREATER_OR_EQUAL,
        /** As in SQL: {@code %} stands for any text, {@code _} for any character. */
        LIKE,
        /** As {@code LIKE}, A to Z being as good as a to z. */
        LIKE_IGNORING_CASE,
        IN,
        NOT_IN,
        EXISTS,
        MISSING
    }

    /** That a text compares so with others. */
    public static RunCondition text(RunSource source, String key, Operator operator, List<String> texts) {
        return new RunCondition(source, key, operator, texts, null);
    }

    /** That a number compares so with another. */
    public static RunCondition number(RunSource source, String key, Operator operator, double number) {
        return new RunCondition(source, key, operator, List.of(), number);
    }

    /** That there is a value, or none. */
    public static RunCondition exists(RunSource source, String key, boolean wanted) {
        return new RunCondition(source, key, wanted ? Operator.EXISTS : Operator.MISSING, List.of(), null);
    }
}
