package dev.slipway.gateway.execution;

import io.micronaut.core.annotation.Nullable;
import java.util.Collections;
import java.util.Map;

/**
 * A request of the GraphQL-over-HTTP specification.
 *
 * @param query the document
 * @param operationName which of its operations; null when it has only one
 * @param extensions what a client adds for its own purposes; nothing here reads it
 */
public record Operation(
        String query, @Nullable String operationName, Map<String, Object> variables, Map<String, Object> extensions) {
    public Operation {
        // Not Map.copyOf: a variable may be null.
        variables = Collections.unmodifiableMap(variables);
        extensions = Collections.unmodifiableMap(extensions);
    }
}
