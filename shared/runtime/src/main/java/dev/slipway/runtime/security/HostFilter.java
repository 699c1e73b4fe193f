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
 * has no token has nothing to gain. What the gateway forwards was checked there, and comes by an internal name.
 */
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
@Order(FilterOrder.HOST)
final class HostFilter {
    private final boolean anyHost;
    private final Forwarding forwarding;
    private final Set<String> known = new HashSet<>(Set.of("127.0.0.1", "localhost", "[::1]"));

    HostFilter(SecuritySettings settings, Forwarding forwarding) {
        this.forwarding = forwarding;
        anyHost = settings.mode() == SecuritySettings.Mode.TOKEN
                && settings.hostNames().isEmpty();
        known.addAll(settings.hostNames());
    }

    @RequestFilter
    void check(HttpRequest<?> request) {
        String host = request.getHeaders().get("Host");
        boolean passes = anyHost || (host != null && known.contains(name(host))) || forwarding.isForwarded(request);
        if (!passes) {
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
