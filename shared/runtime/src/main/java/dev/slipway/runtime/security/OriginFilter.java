package dev.slipway.runtime.security;

import dev.slipway.kernel.SlipwayException;
import io.micronaut.core.annotation.Order;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/**
 * Refuses what a browser sends for a page of another site. A browser names the page's origin with everything that can
 * change data and with every read whose answer the page could see; programs name none. Schemes are not compared, since a
 * proxy may speak TLS in front of this server.
 */
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
@Order(FilterOrder.ORIGIN)
final class OriginFilter {
    @RequestFilter
    void check(HttpRequest<?> request) {
        String origin = request.getHeaders().get("Origin");
        if (origin != null && !same(origin, request.getHeaders().get("Host"))) {
            throw SlipwayException.forbidden(
                    "origin.foreign", "A page of another site may not use this server; open its own console.");
        }
    }

    private static boolean same(String origin, String host) {
        try {
            String authority = new URI(origin).getRawAuthority();
            return authority != null
                    && host != null
                    && authority.toLowerCase(Locale.ROOT).equals(host.toLowerCase(Locale.ROOT));
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
