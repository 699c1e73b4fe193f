package dev.slipway.runtime.security;

import dev.slipway.kernel.Caller;
import dev.slipway.kernel.Role;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.Workspace;
import dev.slipway.runtime.caller.CallerHeader;
import dev.slipway.runtime.caller.Callers;
import dev.slipway.runtime.tokens.TokenLookup;
import io.micronaut.context.BeanProvider;
import io.micronaut.core.annotation.Order;
import io.micronaut.core.propagation.MutablePropagatedContext;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.util.Optional;
import java.util.Set;

/**
 * Finds out who is calling: by the service token, a Slipway process and whom it speaks for; by an API token, its role in
 * the workspace of {@code X-Slipway-Workspace}; by none, in {@code open} mode, the local admin. A request without a token
 * in {@code token} mode has no caller, and fails as soon as it touches a contract.
 */
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
@Order(FilterOrder.CALLER)
final class CallerFilter {
    /** Names the workspace a request is about; {@code default} when it is absent. */
    static final String WORKSPACE = "X-Slipway-Workspace";

    private final SecuritySettings settings;
    private final Callers callers;
    private final BeanProvider<TokenLookup> tokens;

    CallerFilter(SecuritySettings settings, Callers callers, BeanProvider<TokenLookup> tokens) {
        this.settings = settings;
        this.callers = callers;
        this.tokens = tokens;
    }

    @RequestFilter
    @ExecuteOn(TaskExecutors.BLOCKING)
    void identify(HttpRequest<?> request, MutablePropagatedContext context) {
        caller(request).ifPresent(caller -> context.add(callers.element(caller)));
    }

    private Optional<Caller> caller(HttpRequest<?> request) {
        Workspace workspace = Optional.ofNullable(request.getHeaders().get(WORKSPACE))
                .map(Workspace::new)
                .orElse(Workspace.DEFAULT);
        Optional<String> secret = Credentials.bearer(request);
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
