package dev.slipway.runtime.security;

import io.micronaut.http.HttpRequest;
import jakarta.inject.Singleton;
import java.util.Optional;

/**
 * How a service knows that a public request was forwarded by the gateway, which has checked its Host and Origin: the gateway
 * sends the service token in a header of its own, beside the client's Authorization. Who has that token may call everything
 * anyway.
 */
@Singleton
public final class Forwarding {
    /** The header that holds the gateway's service token; what clients send in it is not passed on. */
    public static final String HEADER = "X-Slipway-Gateway";

    private final SecuritySettings settings;

    Forwarding(SecuritySettings settings) {
        this.settings = settings;
    }

    /** What the gateway puts into {@link #HEADER}; empty in an installation without a service token. */
    public Optional<String> token() {
        return settings.serviceToken();
    }

    /** Whether the gateway has sent this request on. */
    boolean isForwarded(HttpRequest<?> request) {
        return Optional.ofNullable(request.getHeaders().get(HEADER))
                .filter(settings::isServiceToken)
                .isPresent();
    }
}
