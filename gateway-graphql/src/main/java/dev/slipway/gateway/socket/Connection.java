package dev.slipway.gateway.socket;

import io.micronaut.core.annotation.Nullable;
import io.micronaut.http.HttpRequest;
import io.micronaut.json.tree.JsonNode;
import io.micronaut.websocket.WebSocketSession;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

/** One socket: whether it has been initialised, and the operations it carries out. Its messages come one after the other. */
final class Connection {
    private final WebSocketSession session;
    private final HttpRequest<?> request;
    private final OperationRunner runner;
    private final int maximumOperations;
    private final AtomicReference<Optional<String>> authorization = new AtomicReference<>(Optional.empty());
    private final AtomicBoolean initialised = new AtomicBoolean();
    private final AtomicReference<Future<?>> initialisationTimeout = new AtomicReference<>();
    private final Map<String, RunningOperation> operations = new ConcurrentHashMap<>();

    Connection(WebSocketSession session, HttpRequest<?> request, OperationRunner runner, int maximumOperations) {
        this.session = session;
        this.request = request;
        this.runner = runner;
        this.maximumOperations = maximumOperations;
    }

    void receive(String type, String id, JsonNode message) {
        switch (type) {
            case "connection_init" -> initialise(message.get("payload"));
            case "ping" -> runner.send(session, Map.of("type", "pong"));
            case "pong" -> {
                // It says only that the client lives.
            }
            case "subscribe" -> subscribe(id, message.get("payload"));
            case "complete" -> complete(id);
            default -> close(CloseCode.INVALID_MESSAGE);
        }
    }

    /** Keeps the timeout, so that it ends with the socket. */
    void expectInitialisation(Future<?> timeout) {
        initialisationTimeout.set(timeout);
    }

    void closeUnlessInitialised() {
        if (!initialised.get()) {
            close(CloseCode.INITIALISATION_TIMEOUT);
        }
    }

    void close(CloseCode code) {
        cancelAll();
        if (session.isOpen()) {
            session.close(code.reason());
        }
    }

    void cancelAll() {
        Optional.ofNullable(initialisationTimeout.get()).ifPresent(timeout -> timeout.cancel(false));
        operations.values().forEach(RunningOperation::cancel);
        operations.clear();
    }

    private void initialise(@Nullable JsonNode payload) {
        if (payload != null && payload.isObject() && payload.get("Authorization") != null) {
            authorization.set(Optional.of(payload.get("Authorization").coerceStringValue()));
        }
        if (initialised.getAndSet(true)) {
            close(CloseCode.TOO_MANY_INITIALISATIONS);
        } else {
            runner.send(session, Map.of("type", "connection_ack"));
        }
    }

    private void subscribe(String id, JsonNode payload) {
        if (!initialised.get()) {
            close(CloseCode.UNAUTHORIZED);
        } else if (id.isEmpty() || payload == null || !payload.isObject()) {
            close(CloseCode.INVALID_MESSAGE);
        } else if (operations.containsKey(id)) {
            close(CloseCode.SUBSCRIBER_EXISTS);
        } else if (operations.size() >= maximumOperations) {
            runner.refuse(session, id, maximumOperations);
        } else {
            RunningOperation operation = new RunningOperation(session, id, runner, () -> operations.remove(id));
            operations.put(id, operation);
            runner.start(operation, payload, request, authorization.get());
        }
    }

    private void complete(String id) {
        RunningOperation operation = operations.remove(id);
        // One that has ended on its own crosses the client's message on the way.
        if (operation != null) {
            operation.cancel();
        }
    }
}
