package dev.slipway.gateway.execution;

import dev.slipway.gateway.GatewayConfiguration;
import graphql.ExecutionInput;
import graphql.validation.QueryComplexityLimits;
import io.micronaut.configuration.graphql.DefaultGraphQLExecutionInputCustomizer;
import io.micronaut.configuration.graphql.GraphQLExecutionInputCustomizer;
import io.micronaut.context.annotation.Replaces;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpResponse;
import jakarta.inject.Singleton;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

/** Tells the engine how an operation has come, and how large it may be. */
@Singleton
@Replaces(DefaultGraphQLExecutionInputCustomizer.class)
final class InputCustomizer implements GraphQLExecutionInputCustomizer {
    static final String TRANSPORT = "slipway.graphql.transport";
    // More than any dashboard writes, and few enough that the complexity of all of them can be summed.
    private static final int MAXIMUM_FIELDS = 10_000;

    private final QueryComplexityLimits limits;

    InputCustomizer(GatewayConfiguration configuration) {
        this.limits = QueryComplexityLimits.newLimits()
                .maxDepth(configuration.maximumDepth())
                .maxFieldsCount(MAXIMUM_FIELDS)
                .build();
    }

    @Override
    @SuppressWarnings("rawtypes") // as the interface of Micronaut GraphQL has it
    public Publisher<ExecutionInput> customize(
            ExecutionInput input, HttpRequest request, @Nullable MutableHttpResponse<String> response) {
        Transport transport = ((HttpRequest<?>) request)
                .getAttribute(TRANSPORT, Transport.class)
                .orElse(Transport.HTTP_GET);
        input.getGraphQLContext().put(Transport.class, transport).put(QueryComplexityLimits.KEY, limits);
        return Mono.just(input);
    }
}
