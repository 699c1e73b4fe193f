package dev.slipway.runtime.security;

import io.micronaut.http.HttpRequest;
import java.util.Optional;

/** What a request shows for itself. */
final class Credentials {
    private static final String SCHEME = "Bearer ";

    private Credentials() {}

    /** The secret of {@code Authorization: Bearer …}; an empty string for an Authorization of another form. */
    static Optional<String> bearer(HttpRequest<?> request) {
        return Optional.ofNullable(request.getHeaders().get("Authorization")).map(Credentials::bearer);
    }

    /** The secret of {@code Bearer …}; an empty string for another form. */
    static String bearer(String authorization) {
        return authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                ? authorization.substring(SCHEME.length()).strip()
                : "";
    }
}
