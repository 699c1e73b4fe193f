package dev.slipway.runtime.security;

import dev.slipway.kernel.SlipwayException;
import io.micronaut.core.annotation.Order;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.web.router.RouteAttributes;
import io.micronaut.web.router.UriRouteInfo;
import io.micronaut.web.router.UriRouteMatch;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Closes the contracts under {@code /internal/} to everybody but Slipway processes: a request is answered with 403 {@code
 * internal.closed} unless it carries {@code Authorization: Bearer <slipway.service-token>}. That holds in every security
 * mode, for browsers and for API tokens of any role; a process without a service token serves no contract over HTTP at
 * all. The path is looked at and also the route that was found for it, so that no way of writing a path leads around this.
 */
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
@Order(FilterOrder.INTERNAL)
final class InternalPathFilter {
    private static final String INTERNAL = "/internal";

    private final SecuritySettings settings;
    /** A template is printed once for its route, not for each request. */
    private final Map<UriRouteInfo<?, ?>, Boolean> internal = new ConcurrentHashMap<>();

    InternalPathFilter(SecuritySettings settings) {
        this.settings = settings;
    }

    @RequestFilter
    void check(HttpRequest<?> request) {
        if (isInternal(request)
                && !Credentials.bearer(request).filter(settings::isServiceToken).isPresent()) {
            throw SlipwayException.forbidden(
                    "internal.closed",
                    "What lies under /internal is for Slipway's own processes, which know each other by"
                            + " slipway.service-token; use GraphQL or the public REST API.");
        }
    }

    private boolean isInternal(HttpRequest<?> request) {
        return request.getPath().startsWith(INTERNAL)
                || RouteAttributes.getRouteMatch(request)
                        .filter(UriRouteMatch.class::isInstance)
                        .map(match -> ((UriRouteMatch<?, ?>) match).getRouteInfo())
                        .filter(route -> internal.computeIfAbsent(route, InternalPathFilter::isInternal))
                        .isPresent();
    }

    private static boolean isInternal(UriRouteInfo<?, ?> route) {
        return route.getUriMatchTemplate().toString().startsWith(INTERNAL);
    }
}
