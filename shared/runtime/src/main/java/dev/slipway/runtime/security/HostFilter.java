package dev.slipway.runtime.security;

import dev.slipway.kernel.SlipwayException;
import io.micronaut.core.annotation.Order;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/**
 * Refuses requests for hosts that this server is not called by, so that a web page whose name was made to point to this
 * machine (DNS rebinding) reaches nothing. With tokens required and no names configured, any host will do: a page that
 * has no token has nothing to gain.
 */
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
@Order(FilterOrder.HOST)
final class HostFilter {
    private final boolean anyHost;
    private final Set<String> known = new HashSet<>(Set.of("127.0.0.1", "localhost", "[::1]"));

    HostFilter(SecuritySettings settings) {
        anyHost = settings.mode() == SecuritySettings.Mode.TOKEN
                && settings.hostNames().isEmpty();
        known.addAll(settings.hostNames());
    }

    @RequestFilter
    void check(HttpRequest<?> request) {
        String host = request.getHeaders().get("Host");
        if (!anyHost && (host == null || !known.contains(name(host)))) {
            throw SlipwayException.forbidden(
                    "host.unknown",
                    "This server is not called by the host name of the request; add it to slipway.server.host-names"
                            + " if it should be.");
        }
    }

    /** The name without its port. */
    static String name(String host) {
        int port = host.lastIndexOf(':');
        boolean hasPort = port > host.lastIndexOf(']');
        return (hasPort ? host.substring(0, port) : host).toLowerCase(Locale.ROOT);
    }
}
