package dev.slipway.registry.delivery;

import dev.slipway.kernel.Caller;
import dev.slipway.kernel.Role;
import dev.slipway.kernel.Workspace;
import dev.slipway.runtime.caller.Callers;
import io.micronaut.core.propagation.PropagatedContext;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Filter;
import io.micronaut.http.filter.HttpServerFilter;
import io.micronaut.http.filter.ServerFilterChain;
import java.util.Locale;
import java.util.Set;
import org.reactivestreams.Publisher;

/** Takes a caller's role and workspace from headers, in place of a token. */
@Filter("/delivery/**")
class TestCallers implements HttpServerFilter {
    private final Callers callers;

    TestCallers(Callers callers) {
        this.callers = callers;
    }

    @Override
    public int getOrder() {
        return LOWEST_PRECEDENCE;
    }

    @Override
    public Publisher<MutableHttpResponse<?>> doFilter(HttpRequest<?> request, ServerFilterChain chain) {
        String role = request.getHeaders().get("test-role");
        String workspace = request.getHeaders().get("test-workspace");
        Caller caller = new Caller(
                "test",
                Set.of(role == null ? Role.DEVICE : Role.valueOf(role.toUpperCase(Locale.ROOT))),
                workspace == null ? Workspace.DEFAULT : new Workspace(workspace));
        PropagatedContext context = callers.contextOf(caller);
        return context.propagate(() -> chain.proceed(request));
    }
}
