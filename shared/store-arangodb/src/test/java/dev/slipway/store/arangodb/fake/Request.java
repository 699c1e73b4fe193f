package dev.slipway.store.arangodb.fake;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One request, taken apart.
 *
 * @param path below {@code /_db/<name>}, not decoded
 * @param segments of the path, decoded
 * @param headers by lower-case name
 * @param transaction leased for this request, if it names one
 */
record Request(
        String method,
        String database,
        String path,
        List<String> segments,
        Map<String, String> query,
        Map<String, String> headers,
        String body,
        Optional<Transaction> transaction) {

    Request in(Transaction leased) {
        return new Request(method, database, path, segments, query, headers, body, Optional.of(leased));
    }

    Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    Optional<String> transactionId() {
        return header("x-arango-trx-id");
    }

    boolean flag(String name, boolean otherwise) {
        String value = query.get(name);
        if (value == null) {
            return otherwise;
        }
        return "true".equals(value) || "1".equals(value) || "yes".equals(value) || "on".equals(value);
    }

    /** The query parameter, or 400. */
    String required(String name) {
        String value = query.get(name);
        if (value == null || value.isEmpty()) {
            throw "collection".equals(name)
                    ? new ArangoRefusal(400, 1204, "parameter 'collection' not found")
                    : Refusals.badParameter("query parameter '" + name + "' is missing");
        }
        return value;
    }

    int length() {
        return segments.size();
    }

    String segment(int position) {
        return segments.get(position);
    }

    /** Whether the method and the number of segments are these. */
    boolean is(String wantedMethod, int wantedLength) {
        return method.equals(wantedMethod) && segments.size() == wantedLength;
    }

    Object json(Json json) {
        return json.read(body);
    }

    @SuppressWarnings("unchecked")
    Map<String, Object> object(Json json) {
        if (json.read(body) instanceof Map<?, ?> object) {
            return (Map<String, Object>) object;
        }
        throw Refusals.badParameter("expecting a JSON object as the body");
    }
}
