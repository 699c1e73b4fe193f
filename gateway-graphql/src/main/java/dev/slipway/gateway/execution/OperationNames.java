package dev.slipway.gateway.execution;

import graphql.ExecutionResult;
import graphql.execution.instrumentation.InstrumentationContext;
import graphql.execution.instrumentation.InstrumentationState;
import graphql.execution.instrumentation.SimplePerformantInstrumentation;
import graphql.execution.instrumentation.parameters.InstrumentationExecuteOperationParameters;
import graphql.language.OperationDefinition;
import io.micronaut.core.annotation.Nullable;
import io.opentelemetry.api.trace.Span;
import java.util.Locale;

/** Tells in the trace of a request which operation it was; its text and values may hold what is nobody else's business. */
public final class OperationNames extends SimplePerformantInstrumentation {
    @Override
    @Nullable
    public InstrumentationContext<ExecutionResult> beginExecuteOperation(
            InstrumentationExecuteOperationParameters parameters, InstrumentationState state) {
        OperationDefinition operation = parameters.getExecutionContext().getOperationDefinition();
        Span.current()
                .setAttribute(
                        "graphql.operation.type",
                        operation.getOperation().name().toLowerCase(Locale.ROOT))
                .setAttribute("graphql.operation.name", operation.getName());
        return null;
    }
}
