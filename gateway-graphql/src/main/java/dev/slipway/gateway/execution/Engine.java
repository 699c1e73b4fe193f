package dev.slipway.gateway.execution;

import graphql.ExecutionResult;
import io.micronaut.configuration.graphql.GraphQLInvocation;
import io.micronaut.configuration.graphql.GraphQLInvocationData;
import io.micronaut.http.HttpRequest;
import jakarta.inject.Singleton;
import reactor.core.publisher.Mono;

/** Carries out operations. It blocks, so it is called on a blocking executor, in the caller's context. */
@Singleton
public final class Engine {
    private final GraphQLInvocation invocation;

    Engine(GraphQLInvocation invocation) {
        this.invocation = invocation;
    }

    /**
     * Carries out an operation; every fetcher runs on the calling thread.
     *
     * @param request with which it came, or for a socket the one that opened it
     */
    public ExecutionResult execute(Operation operation, Transport transport, HttpRequest<?> request) {
        GraphQLInvocationData data =
                new GraphQLInvocationData(operation.query(), operation.operationName(), operation.variables());
        request.setAttribute(InputCustomizer.TRANSPORT, transport);
        ExecutionResult result =
                Mono.from(invocation.invoke(data, request, null)).block();
        if (result == null) {
            throw new IllegalStateException("GraphQL gave no result");
        }
        return result;
    }
}
