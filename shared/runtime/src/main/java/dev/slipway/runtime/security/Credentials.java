package dev.slipway.runtime.security;

import io.micronaut.http.HttpRequest;
import java.util.Optional;

/** What a request shows for itself. */
final class Credentials {
    private static final String SCHEME = "Bearer ";

    private Credentials() {}

    /** The secret of {@code Authorization: Bearer …}; an empty string for an Authorization of another form. */
    static Optional<String> bearer(HttpRequest<?> request) {
        return Optional.ofNullable(request.getHeaders().get("Authorization"))
                .map(header -> header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                        ? header.substring(SCHEME.length()).strip()
                        : "");
    }
}
