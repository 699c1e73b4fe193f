package dev.slipway.runtime.tokens;

import dev.slipway.api.tokens.Token;
import dev.slipway.kernel.Caller;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.Workspace;
import dev.slipway.runtime.caller.Callers;
import dev.slipway.runtime.entity.Entities;
import dev.slipway.store.graph.GraphStore;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.Set;

/** Finds the caller behind a secret. Each request asks the store, so a revoked token ends at once. */
@Singleton
@Requires(beans = GraphStore.class)
public final class TokenLookup {
    private static final int MAX_SECRET = 200;

    private final Entities entities;
    private final Callers callers;
    private final InstantSource clock;

    TokenLookup(Entities entities, Callers callers, InstantSource clock) {
        this.entities = entities;
        this.callers = callers;
        this.clock = clock;
    }

    /**
     * The caller that the token stands for.
     *
     * @throws SlipwayException {@code UNAUTHENTICATED} with code {@code token.unknown}, {@code token.expired} or {@code
     *     token.revoked}
     */
    public Caller caller(String secret, Workspace workspace) {
        if (secret.isEmpty() || secret.length() > MAX_SECRET) {
            throw unknown(workspace);
        }
        Token token = callers.callAs(
                        Caller.service("tokens", workspace),
                        () -> entities.claimed(TokenKinds.TOKEN, TokenKinds.claim(secret)))
                .orElseThrow(() -> unknown(workspace))
                .body();
        if (token.revoked()) {
            throw SlipwayException.unauthenticated("token.revoked", "This token was revoked; ask for a new one.");
        }
        if (clock.millis() >= token.expires()) {
            throw SlipwayException.unauthenticated("token.expired", "This token has expired; ask for a new one.");
        }
        return new Caller("token:" + token.name(), Set.of(token.role()), workspace);
    }

    private static SlipwayException unknown(Workspace workspace) {
        return SlipwayException.unauthenticated(
                "token.unknown",
                "This token is not known in workspace " + workspace + "; make one with 'slipway token create'.");
    }
}
