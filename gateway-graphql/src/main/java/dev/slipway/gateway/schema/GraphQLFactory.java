package dev.slipway.gateway.schema;

import dev.slipway.gateway.GatewayConfiguration;
import dev.slipway.gateway.execution.DocumentCache;
import dev.slipway.gateway.execution.FetchErrors;
import dev.slipway.gateway.execution.OperationNames;
import dev.slipway.gateway.execution.OperationRules;
import graphql.GraphQL;
import graphql.analysis.FieldComplexityCalculator;
import graphql.analysis.MaxQueryComplexityInstrumentation;
import graphql.execution.AsyncExecutionStrategy;
import graphql.execution.AsyncSerialExecutionStrategy;
import graphql.execution.SubscriptionExecutionStrategy;
import graphql.execution.instrumentation.ChainedInstrumentation;
import graphql.schema.GraphQLSchema;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;

/** Makes the engine that carries out operations on the schema. */
@Factory
final class GraphQLFactory {
    private static final int TEN_FOR_ONE = 10;

    /** A model's card asks every service, several times over. */
    private static final String CARD = "card";

    private static final int CARD_COST = 50;

    @Singleton
    GraphQLSchema schema(List<Resolvers> resolvers) {
        return SchemaFiles.schema(resolvers);
    }

    @Singleton
    GraphQL engine(GraphQLSchema schema, FetchErrors errors, GatewayConfiguration configuration) {
        int bound = configuration.maximumComplexity();
        return GraphQL.newGraphQL(schema)
                .queryExecutionStrategy(new AsyncExecutionStrategy(errors))
                .mutationExecutionStrategy(new AsyncSerialExecutionStrategy(errors))
                .subscriptionExecutionStrategy(new SubscriptionExecutionStrategy(errors))
                .defaultDataFetcherExceptionHandler(errors)
                .instrumentation(new ChainedInstrumentation(
                        new OperationRules(),
                        new MaxQueryComplexityInstrumentation(bound, complexity(bound)),
                        new OperationNames()))
                .preparsedDocumentProvider(new DocumentCache())
                .build();
    }

    // A page costs what it may hold. Each field stays within the bound, so that the sum over a document can't overflow.
    private static FieldComplexityCalculator complexity(int bound) {
        return (field, children) -> {
            long items = Math.min(items(field.getArguments()), bound);
            int own = field.getField().getName().equals(CARD) ? CARD_COST : 1;
            return (int) Math.min(own + items * children, bound + 1L);
        };
    }

    // Ten points of a series, which come in columns, are as one field, and so are ten nodes of a graph, as few have
    // much to tell.
    private static long items(Map<String, Object> arguments) {
        if (arguments.get("first") instanceof Integer first) {
            return Math.max(first, 1);
        }
        if (arguments.get("limit") instanceof Integer limit) {
            return Math.max(limit / TEN_FOR_ONE, 1);
        }
        if (arguments.get("ids") instanceof List<?> ids) {
            return Math.max(ids.size(), 1);
        }
        if (arguments.get("points") instanceof Integer points && arguments.get("keys") instanceof List<?> keys) {
            return Math.max((long) points * keys.size() / TEN_FOR_ONE, 1);
        }
        return 1;
    }
}
