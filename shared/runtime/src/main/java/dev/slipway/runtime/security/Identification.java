package dev.slipway.runtime.security;

import dev.slipway.kernel.Caller;
import dev.slipway.kernel.Role;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.Workspace;
import dev.slipway.runtime.caller.CallerHeader;
import dev.slipway.runtime.tokens.TokenLookup;
import io.micronaut.context.BeanProvider;
import io.micronaut.http.HttpRequest;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.Set;

/**
 * Finds out who is calling: by the service token, a Slipway process and whom it speaks for; by an API token, its role in
 * the workspace of {@code X-Slipway-Workspace}; by none, in {@code open} mode, the local admin. A request without a token
 * in {@code token} mode has no caller, and fails as soon as it touches a contract.
 */
@Singleton
public final class Identification {
    /** Names the workspace a request is about; {@code default} when it is absent. */
    static final String WORKSPACE = "X-Slipway-Workspace";

    private final SecuritySettings settings;
    private final BeanProvider<TokenLookup> tokens;

    Identification(SecuritySettings settings, BeanProvider<TokenLookup> tokens) {
        this.settings = settings;
        this.tokens = tokens;
    }

    /** Who sends this request. An API token is looked up in the store, so this may block. */
    public Optional<Caller> caller(HttpRequest<?> request) {
        return caller(request, Optional.empty());
    }

    /**
     * Who sends this request.
     *
     * @param authorization takes the place of the request's own Authorization header: browsers can't send one when they
     *     open a socket
     */
    public Optional<Caller> caller(HttpRequest<?> request, Optional<String> authorization) {
        Workspace workspace = Optional.ofNullable(request.getHeaders().get(WORKSPACE))
                .map(Workspace::new)
                .orElse(Workspace.DEFAULT);
        Optional<String> secret = authorization.map(Credentials::bearer).or(() -> Credentials.bearer(request));
        if (secret.isEmpty()) {
            return settings.mode() == SecuritySettings.Mode.OPEN
                    ? Optional.of(new Caller("local", Set.of(Role.ADMIN), workspace))
                    : Optional.empty();
        }
        if (settings.isServiceToken(secret.get())) {
            return Optional.of(Optional.ofNullable(request.getHeaders().get(CallerHeader.NAME))
                    .map(CallerHeader::read)
                    .orElseGet(() -> Caller.service("process", workspace)));
        }
        if (!tokens.isPresent()) {
            throw SlipwayException.unauthenticated("token.unknown", "This process knows no tokens.");
        }
        return Optional.of(tokens.get().caller(secret.get(), workspace));
    }
}
