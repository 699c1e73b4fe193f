package dev.slipway.gateway.forward;

import dev.slipway.kernel.Service;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Which service answers which public path. The longest prefix wins; a prefix stands for itself and for what is under it.
 * What lies under {@code /internal} has no route, nor has a path that could mean another one at the service: with dot
 * segments, also between encoded backslashes or with parameters, empty segments, backslashes or encoded slashes.
 */
final class Routes {
    private static final Pattern AMBIGUOUS =
            Pattern.compile("//|\\\\|%2f|%00|(^|/|%5c)(\\.|%2e){1,2}([/;]|%3b|%5c|$)", Pattern.CASE_INSENSITIVE);

    /** @param prefix without a slash at its end */
    record Route(String prefix, Service service) {
        boolean covers(String path) {
            return path.startsWith(prefix) && (path.length() == prefix.length() || path.charAt(prefix.length()) == '/');
        }
    }

    /** All of the suite. */
    static final Routes ALL = new Routes(List.of(
            new Route("/delivery/v1", Service.REGISTRY),
            new Route("/v2", Service.REGISTRY),
            new Route("/api/2.0/mlflow", Service.TRAINING),
            new Route("/api/2.0/mlflow-artifacts", Service.TRAINING),
            new Route("/api/2.0/mlflow/registered-models", Service.REGISTRY),
            new Route("/api/2.0/mlflow/model-versions", Service.REGISTRY),
            new Route("/api/2.0/mlflow/webhooks", Service.LINEAGE),
            new Route("/api/3.0/mlflow", Service.TRAINING),
            new Route("/ajax-api/2.0/mlflow", Service.TRAINING),
            new Route("/ajax-api/2.0/mlflow-artifacts", Service.TRAINING),
            new Route("/ajax-api/2.0/mlflow/registered-models", Service.REGISTRY),
            new Route("/ajax-api/2.0/mlflow/model-versions", Service.REGISTRY),
            new Route("/ajax-api/2.0/mlflow/webhooks", Service.LINEAGE),
            new Route("/ajax-api/3.0/mlflow", Service.TRAINING),
            new Route("/get-artifact", Service.TRAINING),
            new Route("/model-versions/get-artifact", Service.REGISTRY),
            new Route("/version", Service.TRAINING),
            new Route("/v1/traces", Service.TRAINING),
            new Route("/api/v1/trainings", Service.TRAINING),
            new Route("/api/v1/lineage", Service.LINEAGE),
            new Route("/api/v1/models", Service.LINEAGE)));

    /** The longest first. */
    private final List<Route> routes;

    Routes(List<Route> routes) {
        this.routes = routes.stream()
                .sorted(Comparator.comparingInt((Route route) -> route.prefix().length())
                        .reversed())
                .toList();
    }

    /** The routes of some services only. */
    Routes of(Predicate<Service> services) {
        return new Routes(
                routes.stream().filter(route -> services.test(route.service())).toList());
    }

    /** Who answers a path, as it stands in the request line; empty when it is not for a service. */
    Optional<Service> service(String rawPath) {
        if (AMBIGUOUS.matcher(rawPath).find()) {
            return Optional.empty();
        }
        return routes.stream()
                .filter(route -> route.covers(rawPath))
                .findFirst()
                .map(Route::service);
    }
}
