package dev.slipway.gateway.execution;

import dev.slipway.kernel.ErrorKind;
import dev.slipway.kernel.SlipwayException;
import graphql.execution.DataFetcherExceptionHandler;
import graphql.execution.DataFetcherExceptionHandlerParameters;
import graphql.execution.DataFetcherExceptionHandlerResult;
import jakarta.inject.Singleton;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns what a field failed of into an error of the answer. What is no {@link SlipwayException} is told to the log only. */
@Singleton
public final class FetchErrors implements DataFetcherExceptionHandler {
    private static final Logger LOG = LoggerFactory.getLogger(FetchErrors.class);

    @Override
    public CompletableFuture<DataFetcherExceptionHandlerResult> handleException(
            DataFetcherExceptionHandlerParameters parameters) {
        SlipwayException error = told(unwrapped(parameters.getException()), parameters.getPath());
        CodedError shown = CodedError.of(error, parameters.getPath(), parameters.getSourceLocation());
        return CompletableFuture.completedFuture(
                DataFetcherExceptionHandlerResult.newResult(shown).build());
    }

    /** The exception as a caller may see it; a defect is logged, with where it happened. */
    public SlipwayException told(Throwable exception, Object where) {
        if (exception instanceof SlipwayException known && known.kind() != ErrorKind.INTERNAL) {
            return known;
        }
        LOG.error("GraphQL: {} failed", where, exception);
        return exception instanceof SlipwayException known
                ? known
                : SlipwayException.internal(
                        "internal", "Something went wrong in the server; its log says what.", exception);
    }

    static Throwable unwrapped(Throwable exception) {
        Throwable cause = exception;
        while ((cause instanceof CompletionException || cause instanceof ExecutionException)
                && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }
}
