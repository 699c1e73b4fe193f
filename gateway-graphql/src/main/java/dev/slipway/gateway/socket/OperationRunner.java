package dev.slipway.gateway.socket;

import dev.slipway.gateway.execution.AnswerWriter;
import dev.slipway.gateway.execution.Engine;
import dev.slipway.gateway.execution.FetchErrors;
import dev.slipway.gateway.execution.OperationReader;
import dev.slipway.gateway.execution.Transport;
import dev.slipway.kernel.Caller;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.runtime.caller.Callers;
import dev.slipway.runtime.security.Identification;
import graphql.ExecutionResult;
import io.micronaut.http.HttpRequest;
import io.micronaut.json.tree.JsonNode;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.websocket.WebSocketSession;
import io.micronaut.websocket.exceptions.WebSocketSessionException;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import org.reactivestreams.Publisher;

/** Carries out the operations of sockets on the blocking executor, each in the name of whoever sends it. */
@Singleton
final class OperationRunner {
    private final Engine engine;
    private final OperationReader reader;
    private final AnswerWriter writer;
    private final FetchErrors errors;
    private final Identification identification;
    private final Callers callers;
    private final ExecutorService blocking;

    OperationRunner(
            Engine engine,
            OperationReader reader,
            AnswerWriter writer,
            FetchErrors errors,
            Identification identification,
            Callers callers,
            @Named(TaskExecutors.BLOCKING) ExecutorService blocking) {
        this.engine = engine;
        this.reader = reader;
        this.writer = writer;
        this.errors = errors;
        this.identification = identification;
        this.callers = callers;
        this.blocking = blocking;
    }

    /** @param authorization what the client gave when it initialised the socket, in place of the request's header */
    void start(RunningOperation operation, JsonNode payload, HttpRequest<?> request, Optional<String> authorization) {
        blocking.execute(() -> {
            try {
                Optional<Caller> caller = identification.caller(request, authorization);
                // Without a caller, the contracts themselves say that nobody is known to be calling.
                caller.ifPresentOrElse(
                        known -> callers.runAs(known, () -> carryOut(operation, payload, request)),
                        () -> carryOut(operation, payload, request));
            } catch (RuntimeException e) {
                operation.fail(failure(e));
            }
        });
    }

    void refuse(WebSocketSession session, String id, int maximum) {
        SlipwayException refusal = SlipwayException.tooLarge(
                "graphql.too-many-operations",
                "This socket carries out " + maximum + " operations already: complete one of them, or open another.");
        send(session, Map.of("id", id, "type", "error", "payload", writer.errors(refusal)));
    }

    Map<String, Object> answer(ExecutionResult result) {
        return writer.answer(result);
    }

    List<Map<String, Object>> failure(Throwable error) {
        return writer.errors(errors.told(error, GraphQLSocket.PATH));
    }

    /** Sends a message; the result is there when the socket has taken it, or is gone. */
    CompletionStage<?> send(WebSocketSession session, Map<String, Object> message) {
        if (!session.isOpen()) {
            return CompletableFuture.completedFuture(null);
        }
        try {
            return session.sendAsync(new String(writer.write(message), StandardCharsets.UTF_8));
        } catch (WebSocketSessionException e) {
            // It was closed since; whoever closed it has cancelled its operations.
            return CompletableFuture.completedFuture(null);
        }
    }

    private void carryOut(RunningOperation operation, JsonNode payload, HttpRequest<?> request) {
        ExecutionResult result = engine.execute(reader.operation(payload), Transport.SOCKET, request);
        if (result.getData() instanceof Publisher<?>) {
            Publisher<ExecutionResult> results = result.getData();
            results.subscribe(operation);
        } else if (result.isDataPresent() && !isFailedSubscription(result)) {
            operation.answer(result);
        } else {
            operation.fail(writer.errors(result));
        }
    }

    // A subscription whose source could not be made has errors and no data at all.
    private static boolean isFailedSubscription(ExecutionResult result) {
        return result.getData() == null && !result.getErrors().isEmpty();
    }
}
