package dev.slipway.gateway.socket;

import dev.slipway.kernel.Caller;
import dev.slipway.runtime.caller.Callers;
import io.micronaut.core.annotation.Order;
import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import java.util.Optional;

/** Keeps who has opened a socket, since its messages come outside of the context of the opening request. */
@ServerFilter(GraphQLSocket.PATH)
@Order(Ordered.LOWEST_PRECEDENCE) // after the filter that finds out who is calling
final class SocketCallerFilter {
    private static final String CALLER = "slipway.socket.caller";

    private final Callers callers;

    SocketCallerFilter(Callers callers) {
        this.callers = callers;
    }

    static Optional<Caller> caller(HttpRequest<?> request) {
        return request.getAttribute(CALLER, Caller.class);
    }

    @RequestFilter
    void keep(HttpRequest<?> request) {
        callers.find().ifPresent(caller -> request.setAttribute(CALLER, caller));
    }
}
