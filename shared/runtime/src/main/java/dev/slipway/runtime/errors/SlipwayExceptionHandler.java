package dev.slipway.runtime.errors;

import dev.slipway.kernel.ErrorKind;
import dev.slipway.kernel.SlipwayException;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.server.exceptions.ExceptionHandler;
import jakarta.inject.Singleton;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers with our own exceptions. */
@Singleton
final class SlipwayExceptionHandler implements ExceptionHandler<SlipwayException, HttpResponse<?>> {
    private static final Logger LOG = LoggerFactory.getLogger(SlipwayExceptionHandler.class);

    private final Problems problems;

    SlipwayExceptionHandler(Problems problems) {
        this.problems = problems;
    }

    // The framework's interface has the raw type.
    @SuppressWarnings("rawtypes")
    @Override
    public HttpResponse<?> handle(HttpRequest request, SlipwayException exception) {
        if (exception.kind() == ErrorKind.INTERNAL) {
            LOG.error("{} {} failed", request.getMethodName(), request.getPath(), exception);
        }
        return problems.answer(request, exception);
    }
}
