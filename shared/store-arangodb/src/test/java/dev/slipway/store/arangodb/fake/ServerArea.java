package dev.slipway.store.arangodb.fake;

import java.util.Map;

/** What the server says of itself. */
final class ServerArea implements Area {

    private final Settings settings;

    ServerArea(Settings settings) {
        this.settings = settings;
    }

    @Override
    public Answer answer(Request request) {
        if (!request.method().equals("GET")) {
            throw Area.unknown(request);
        }
        return switch (request.path()) {
            case "/_api/version" ->
                Answer.of(200, Map.of("server", "arango", "license", "community", "version", settings.version()));
            case "/_api/engine" -> Answer.of(200, Map.of("name", "rocksdb"));
            case "/_admin/server/role" ->
                Answer.success(
                        200, Map.of("errorNum", 0, "role", settings.role().name()));
            case "/_admin/server/availability" -> Answer.success(200, Map.of("mode", "default"));
            default -> throw Area.unknown(request);
        };
    }
}
