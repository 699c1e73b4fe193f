package dev.slipway.gateway.execution;

import dev.slipway.kernel.ErrorKind;
import graphql.ExecutionResult;
import graphql.execution.AbortExecutionException;
import graphql.execution.instrumentation.InstrumentationContext;
import graphql.execution.instrumentation.InstrumentationState;
import graphql.execution.instrumentation.SimplePerformantInstrumentation;
import graphql.execution.instrumentation.parameters.InstrumentationExecuteOperationParameters;
import graphql.language.OperationDefinition;
import io.micronaut.core.annotation.Nullable;
import java.util.List;

/** Refuses operations that may not come the way they have come, before any of their fields is fetched. */
public final class OperationRules extends SimplePerformantInstrumentation {
    /** The code of a mutation that came by GET. */
    public static final String MUTATION_BY_GET = "graphql.mutation-by-get";

    @Override
    public @Nullable InstrumentationContext<ExecutionResult> beginExecuteOperation(
            InstrumentationExecuteOperationParameters parameters, InstrumentationState state) {
        OperationDefinition.Operation operation =
                parameters.getExecutionContext().getOperationDefinition().getOperation();
        Transport transport =
                parameters.getExecutionContext().getGraphQLContext().getOrDefault(Transport.class, Transport.HTTP_GET);
        if (!transport.allows(operation)) {
            throw new AbortExecutionException(List.of(refusal(operation)));
        }
        return null;
    }

    private static CodedError refusal(OperationDefinition.Operation operation) {
        return operation == OperationDefinition.Operation.MUTATION
                ? new CodedError(ErrorKind.INVALID, MUTATION_BY_GET, "A mutation can't be sent by GET: use POST.")
                : new CodedError(
                        ErrorKind.INVALID,
                        "graphql.subscription-by-http",
                        "A subscription needs a WebSocket: use /graphql-ws with the protocol graphql-transport-ws.");
    }
}
