package dev.slipway.gateway.execution;

import dev.slipway.kernel.SlipwayException;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.core.type.Argument;
import io.micronaut.json.JsonMapper;
import io.micronaut.json.tree.JsonNode;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads operations from JSON, strictly: what has the wrong type is an error, never something else. */
@Singleton
public final class OperationReader {
    private static final Argument<JsonNode> TREE = Argument.of(JsonNode.class);

    private final JsonMapper json;

    OperationReader(JsonMapper json) {
        this.json = json;
    }

    /** Any JSON; fails with {@code graphql.json}. */
    public JsonNode tree(byte[] text) {
        try {
            JsonNode tree = json.readValue(text, TREE);
            if (tree != null) {
                return tree;
            }
        } catch (IOException e) {
            throw SlipwayException.invalid("graphql.json", "The request is no well-formed JSON: send an object.", e);
        }
        throw SlipwayException.invalid("graphql.json", "The request is empty: send a JSON object.");
    }

    /** The request in a body or in a message's payload; fails with {@code graphql.request}. */
    public Operation operation(@Nullable JsonNode request) {
        if (request == null || !request.isObject()) {
            throw invalid("A request is one JSON object with 'query'; several at once are not taken.");
        }
        return new Operation(
                query(text(request, "query")),
                text(request, "operationName"),
                object(request.get("variables"), "variables"),
                object(request.get("extensions"), "extensions"));
    }

    /** The request in the query of an address, where variables and extensions are JSON. */
    public Operation operation(
            @Nullable String query,
            @Nullable String operationName,
            @Nullable String variables,
            @Nullable String extensions) {
        return new Operation(
                query(query),
                operationName == null || operationName.isEmpty() ? null : operationName,
                object(optionalTree(variables), "variables"),
                object(optionalTree(extensions), "extensions"));
    }

    private @Nullable JsonNode optionalTree(@Nullable String text) {
        return text == null || text.isEmpty() ? null : tree(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String query(@Nullable String query) {
        if (query == null || query.isBlank()) {
            throw invalid("The request has no 'query': give a GraphQL document.");
        }
        return query;
    }

    private static @Nullable String text(JsonNode request, String name) {
        JsonNode value = request.get(name);
        if (value == null || value.isNull()) {
            return null;
        }
        if (!value.isString()) {
            throw invalid("'" + name + "' must be a string.");
        }
        return value.getStringValue();
    }

    private static Map<String, Object> object(@Nullable JsonNode value, String name) {
        if (value == null || value.isNull()) {
            return Map.of();
        }
        if (!value.isObject()) {
            throw invalid("'" + name + "' must be an object.");
        }
        return entries(value);
    }

    private static Map<String, Object> entries(JsonNode object) {
        Map<String, Object> entries = new LinkedHashMap<>();
        object.entries().forEach(entry -> entries.put(entry.getKey(), plain(entry.getValue())));
        return entries;
    }

    private static @Nullable Object plain(JsonNode value) {
        if (value.isNull()) {
            return null;
        }
        if (value.isObject()) {
            return entries(value);
        }
        if (value.isArray()) {
            List<Object> items = new ArrayList<>();
            value.values().forEach(item -> items.add(plain(item)));
            return items;
        }
        return value.getValue();
    }

    private static SlipwayException invalid(String message) {
        return SlipwayException.invalid("graphql.request", message);
    }
}
