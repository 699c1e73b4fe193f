package dev.slipway.gateway.socket;

import dev.slipway.gateway.GatewayConfiguration;
import dev.slipway.gateway.execution.OperationReader;
import dev.slipway.kernel.SlipwayException;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.http.HttpRequest;
import io.micronaut.json.tree.JsonNode;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.websocket.WebSocketSession;
import io.micronaut.websocket.annotation.OnClose;
import io.micronaut.websocket.annotation.OnError;
import io.micronaut.websocket.annotation.OnMessage;
import io.micronaut.websocket.annotation.OnOpen;
import io.micronaut.websocket.annotation.ServerWebSocket;
import jakarta.inject.Named;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** GraphQL by WebSocket: the server's side of the protocol graphql-transport-ws. */
@ServerWebSocket(value = GraphQLSocket.PATH, subprotocols = GraphQLSocket.PROTOCOL)
final class GraphQLSocket {
    static final String PATH = "/graphql-ws";
    static final String PROTOCOL = "graphql-transport-ws";
    private static final Logger LOG = LoggerFactory.getLogger(GraphQLSocket.class);

    private final Map<String, Connection> connections = new ConcurrentHashMap<>();
    private final OperationReader reader;
    private final OperationRunner runner;
    private final ScheduledExecutorService clock;
    private final GatewayConfiguration configuration;

    GraphQLSocket(
            OperationReader reader,
            OperationRunner runner,
            @Named(TaskExecutors.SCHEDULED) ExecutorService clock,
            GatewayConfiguration configuration) {
        this.reader = reader;
        this.runner = runner;
        this.clock = (ScheduledExecutorService) clock;
        this.configuration = configuration;
    }

    @OnOpen
    void open(WebSocketSession session, HttpRequest<?> request) {
        Connection connection = new Connection(session, request, runner, configuration.maximumSubscriptions());
        if (!PROTOCOL.equals(session.getSubprotocol().orElse(null))) {
            connection.close(CloseCode.SUBPROTOCOL_NOT_ACCEPTABLE);
        } else if (connections.size() >= configuration.maximumConnections()) {
            connection.close(CloseCode.TRY_AGAIN_LATER);
        } else {
            connections.put(session.getId(), connection);
            connection.expectInitialisation(clock.schedule(
                    connection::closeUnlessInitialised,
                    configuration.connectionInitTimeout().toMillis(),
                    TimeUnit.MILLISECONDS));
        }
    }

    @OnMessage(maxPayloadLength = 1 << 20)
    void message(WebSocketSession session, String text) {
        Connection connection = connections.get(session.getId());
        if (connection == null) {
            return;
        }
        try {
            JsonNode message = reader.tree(text.getBytes(StandardCharsets.UTF_8));
            connection.receive(message.isObject() ? text(message, "type") : "", text(message, "id"), message);
        } catch (SlipwayException e) {
            connection.close(CloseCode.INVALID_MESSAGE);
        }
    }

    @OnClose
    void close(WebSocketSession session) {
        Connection connection = connections.remove(session.getId());
        if (connection != null) {
            connection.cancelAll();
        }
    }

    @OnError
    void error(WebSocketSession session, Throwable error) {
        LOG.debug("socket {} broke", session.getId(), error);
        close(session);
        session.close();
    }

    private static String text(JsonNode message, String name) {
        @Nullable JsonNode value = message.isObject() ? message.get(name) : null;
        return value != null && value.isString() ? value.getStringValue() : "";
    }
}
