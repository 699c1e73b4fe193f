package dev.slipway.store.arangodb.fake;

import java.util.Map;

/** Finds the area of a request, and refuses what the double does not speak. */
final class Router {

    private final Map<String, Route> routes;
    private final Storage storage;

    Router(Map<String, Route> routes, Storage storage) {
        this.routes = Map.copyOf(routes);
        this.storage = storage;
    }

    /** An area, and whether its requests may be part of a stream transaction. */
    record Route(Area area, boolean transactional) {}

    Route route(Request request) {
        checkSpoken(request);
        storage.locked(() -> storage.database(request.database()));
        String area = request.length() < 2 ? request.path() : request.segment(0) + "/" + request.segment(1);
        Route found = routes.get(area);
        if (found == null) {
            throw Area.unknown(request);
        }
        return found;
    }

    private static void checkSpoken(Request request) {
        if (request.header("content-type")
                .filter(type -> type.contains("velocypack"))
                .isPresent()) {
            throw Refusals.notInTheDouble("VelocyPack; let the driver speak HTTP_JSON");
        }
        if (request.header("content-encoding").isPresent()) {
            throw Refusals.notInTheDouble("compressed requests");
        }
        if (request.header("x-arango-async").isPresent()) {
            throw Refusals.notInTheDouble("asynchronous jobs");
        }
    }
}
