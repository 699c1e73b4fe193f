package dev.slipway.gateway.socket;

import dev.slipway.kernel.Caller;
import dev.slipway.runtime.caller.Callers;
import io.micronaut.core.annotation.Order;
import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.server.netty.NettyHttpRequest;
import java.time.Duration;
import java.util.Optional;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Keeps who has opened a socket, since its messages come outside of the context of the opening request. Then it goes back to
 * the channel's own thread: Micronaut changes the pipeline on the thread it is on, and on any other one a client's first
 * message may come before the pipeline knows of sockets.
 */
@ServerFilter(GraphQLSocket.PATH)
@Order(Ordered.LOWEST_PRECEDENCE) // after the filter that finds out who is calling
final class SocketOpeningFilter {
    /** Micronaut goes on on the old thread when the new one is done before the filter has returned, so it must not be. */
    private static final Duration PAUSE = Duration.ofMillis(25);

    private static final String CALLER = "slipway.socket.caller";

    private final Callers callers;

    SocketOpeningFilter(Callers callers) {
        this.callers = callers;
    }

    static Optional<Caller> caller(HttpRequest<?> request) {
        return request.getAttribute(CALLER, Caller.class);
    }

    @RequestFilter
    Publisher<HttpRequest<?>> open(HttpRequest<?> request) {
        callers.find().ifPresent(caller -> request.setAttribute(CALLER, caller));
        if (request instanceof NettyHttpRequest<?> netty) {
            Scheduler thread = Schedulers.fromExecutorService(
                    netty.getChannelHandlerContext().channel().eventLoop());
            return Mono.<HttpRequest<?>>just(request).delayElement(PAUSE, thread);
        }
        return Mono.just(request);
    }
}
