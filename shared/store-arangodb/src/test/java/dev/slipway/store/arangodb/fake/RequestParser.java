package dev.slipway.store.arangodb.fake;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Takes an HTTP request apart. */
final class RequestParser {

    private static final String DATABASE_PREFIX = "/_db/";

    private RequestParser() {}

    static Request parse(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String path = exchange.getRequestURI().getRawPath();
        String database = "_system";
        if (path.startsWith(DATABASE_PREFIX)) {
            int end = path.indexOf('/', DATABASE_PREFIX.length());
            int nameEnd = end < 0 ? path.length() : end;
            database = decode(path.substring(DATABASE_PREFIX.length(), nameEnd));
            path = path.substring(nameEnd);
        }
        return new Request(
                exchange.getRequestMethod(),
                database,
                path,
                segments(path),
                query(exchange.getRequestURI().getRawQuery()),
                headers(exchange),
                body,
                Optional.empty());
    }

    /** The cursor that the request is for, if it is for one. */
    static Optional<String> cursorOf(Request request) {
        boolean ofCursor = request.path().startsWith("/_api/cursor/") && request.length() >= 3;
        return ofCursor ? Optional.of(request.segment(2)) : Optional.empty();
    }

    private static List<String> segments(String path) {
        List<String> segments = new ArrayList<>();
        for (String segment : path.split("/", -1)) {
            if (!segment.isEmpty()) {
                segments.add(decode(segment));
            }
        }
        return segments;
    }

    private static Map<String, String> query(String raw) {
        Map<String, String> query = new HashMap<>();
        if (raw != null) {
            for (String pair : raw.split("&", -1)) {
                int equals = pair.indexOf('=');
                if (equals > 0) {
                    query.put(decode(pair.substring(0, equals)), decode(pair.substring(equals + 1)));
                }
            }
        }
        return query;
    }

    private static Map<String, String> headers(HttpExchange exchange) {
        Map<String, String> headers = new HashMap<>();
        exchange.getRequestHeaders()
                .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.get(0)));
        return headers;
    }

    /** Percent-decoded; a plus sign in a path is a plus sign. */
    private static String decode(String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            // Left as it is, so that no such name is found.
            return text;
        }
    }
}
