package dev.slipway.store.arangodb.fake;

import dev.slipway.store.arangodb.fake.Settings.Credentials;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Lets in whoever has the password, or a token that was given for it. */
final class Authentication {

    private final Settings settings;
    private final Json json;
    private final Set<String> tokens = ConcurrentHashMap.newKeySet();

    Authentication(Settings settings, Json json) {
        this.settings = settings;
        this.json = json;
    }

    /** {@code POST /_open/auth}. */
    Answer open(Request request) {
        Map<String, Object> body = request.object(json);
        Credentials wanted = settings.credentials();
        if (!wanted.user().equals(body.get("username")) || !wanted.password().equals(body.get("password"))) {
            throw new ArangoRefusal(401, 401, "Wrong credentials");
        }
        String token = UUID.randomUUID().toString();
        tokens.add(token);
        return Answer.of(200, Map.of("jwt", token));
    }

    void check(Request request) {
        String header = request.header("authorization").orElse("");
        Credentials wanted = settings.credentials();
        String basic = Base64.getEncoder()
                .encodeToString((wanted.user() + ":" + wanted.password()).getBytes(StandardCharsets.UTF_8));
        boolean known = header.equals("Basic " + basic)
                || (header.regionMatches(true, 0, "Bearer ", 0, 7) && tokens.contains(header.substring(7)));
        if (!known) {
            throw Refusals.unauthorized();
        }
    }
}
