package dev.slipway.runtime.security;

import dev.slipway.runtime.errors.ContentTypeRefused;
import io.micronaut.core.annotation.Order;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Refuses bodies of the types that a browser posts to other sites without asking them first: forms, plain text, and none
 * at all. Every other type makes the browser ask, as do methods like PUT, and this server never agrees.
 */
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
@Order(FilterOrder.CONTENT_TYPE)
final class ContentTypeFilter {
    private static final Set<String> UNASKED =
            Set.of("application/x-www-form-urlencoded", "multipart/form-data", "text/plain");

    @RequestFilter
    void check(HttpRequest<?> request) {
        if (request.getMethod() != HttpMethod.POST || !hasBody(request)) {
            return;
        }
        Optional<String> type = Optional.ofNullable(request.getHeaders().get("Content-Type"))
                .map(ContentTypeFilter::essence)
                .filter(essence -> !essence.isEmpty());
        if (type.isEmpty() || UNASKED.contains(type.get())) {
            throw new ContentTypeRefused(type.orElse("none"));
        }
    }

    private static boolean hasBody(HttpRequest<?> request) {
        long length = request.getHeaders().contentLength().orElse(0);
        return length > 0 || request.getHeaders().contains("Transfer-Encoding");
    }

    private static String essence(String contentType) {
        return contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    }
}
