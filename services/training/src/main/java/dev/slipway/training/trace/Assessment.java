package dev.slipway.training.trace;

import io.micronaut.core.annotation.Nullable;
import io.micronaut.serde.annotation.Serdeable;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * A judgement of a trace.
 *
 * @param id {@code a-} and 32 hexadecimal digits
 * @param value as JSON
 * @param error why a judge came to no value
 * @param sourceType such as HUMAN, LLM_JUDGE or CODE
 * @param span that is meant, by its 16 hexadecimal digits; null for the whole trace
 * @param overrides the id of the one that this replaces
 * @param valid false once another one replaces it
 * @param created UTC milliseconds
 * @param updated UTC milliseconds
 */
@Serdeable
public record Assessment(
        String id,
        String name,
        AssessmentType type,
        String value,
        @Nullable Failure error,
        String sourceType,
        String sourceId,
        @Nullable String span,
        @Nullable String rationale,
        Map<String, String> metadata,
        @Nullable String overrides,
        boolean valid,
        long created,
        long updated) {
    /** Why there is no value. */
    @Serdeable
    public record Failure(
            @Nullable String code,
            @Nullable String message,
            @Nullable String stackTrace) {}

    public Assessment {
        metadata = Collections.unmodifiableMap(new TreeMap<>(metadata));
    }

    Assessment withId(String known) {
        return new Assessment(
                known,
                name,
                type,
                value,
                error,
                sourceType,
                sourceId,
                span,
                rationale,
                metadata,
                overrides,
                valid,
                created,
                updated);
    }

    Assessment withValid(boolean now) {
        return new Assessment(
                id,
                name,
                type,
                value,
                error,
                sourceType,
                sourceId,
                span,
                rationale,
                metadata,
                overrides,
                now,
                created,
                updated);
    }
}
