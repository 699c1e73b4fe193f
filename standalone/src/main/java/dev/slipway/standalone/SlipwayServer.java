package dev.slipway.standalone;

import dev.slipway.kernel.SlipwayException;
import io.micronaut.context.ApplicationContext;
import io.micronaut.context.BeanLocator;
import io.micronaut.runtime.server.EmbeddedServer;
import java.net.BindException;
import java.net.URI;
import java.util.concurrent.CompletableFuture;

/** A running server process: its beans, and the address that it listens on. */
public final class SlipwayServer implements AutoCloseable {
    private final ApplicationContext context;
    private final EmbeddedServer server;

    private SlipwayServer(ApplicationContext context, EmbeddedServer server) {
        this.context = context;
        this.server = server;
    }

    /**
     * Starts the services and returns when they answer.
     *
     * @throws SlipwayException {@code server.port-taken} when another process listens there; what the stores say of the
     *     data folder; {@code security.open-address} for an address that others can reach without authentication
     */
    public static SlipwayServer start(ServerSettings settings) {
        ApplicationContext context = null;
        try {
            context = ApplicationContext.builder()
                    .properties(settings.properties())
                    .banner(false)
                    .start();
            EmbeddedServer server = context.getBean(EmbeddedServer.class).start();
            return new SlipwayServer(context, server);
        } catch (RuntimeException e) {
            if (context != null) {
                context.close();
            }
            throw startFailure(settings, e);
        }
    }

    /** The address of this server, with the port that was chosen. */
    public URI uri() {
        return server.getURI();
    }

    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    /** All beans of this process. */
    public BeanLocator beans() {
        return context;
    }

    /** Completed when the server finds out that it can never do its work, such as by a store that refuses its password. */
    public CompletableFuture<SlipwayException> refusal() {
        return context.getBean(Refusals.class).first();
    }

    @Override
    public void close() {
        context.close();
    }

    private static RuntimeException startFailure(ServerSettings settings, RuntimeException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SlipwayException known) {
                return known;
            }
            if (cause instanceof BindException) {
                return SlipwayException.unavailable(
                        "server.port-taken",
                        "Can't listen on " + settings.host() + ":" + settings.port() + ": " + cause.getMessage()
                                + ". Stop the process that uses the port, or choose another with --port"
                                + " (--port 0 takes any free one).",
                        failure);
            }
        }
        return failure;
    }
}
