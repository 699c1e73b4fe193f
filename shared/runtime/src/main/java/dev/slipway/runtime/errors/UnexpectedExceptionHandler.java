package dev.slipway.runtime.errors;

import dev.slipway.kernel.SlipwayException;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.server.exceptions.ExceptionHandler;
import jakarta.inject.Singleton;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers with what nobody foresaw. The log has the stack trace; the caller is told no more than that. */
@Singleton
final class UnexpectedExceptionHandler implements ExceptionHandler<Throwable, HttpResponse<?>> {
    private static final Logger LOG = LoggerFactory.getLogger(UnexpectedExceptionHandler.class);

    private final Problems problems;

    UnexpectedExceptionHandler(Problems problems) {
        this.problems = problems;
    }

    // The framework's interface has the raw type.
    @SuppressWarnings("rawtypes")
    @Override
    public HttpResponse<?> handle(HttpRequest request, Throwable failure) {
        SlipwayException known =
                Causes.slipway(failure).or(() -> Causes.tooLarge(failure)).orElse(null);
        if (known != null) {
            return problems.answer(request, known);
        }
        LOG.error("{} {} failed", request.getMethodName(), request.getPath(), failure);
        return problems.answer(request, Causes.internal());
    }
}
