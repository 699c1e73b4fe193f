package dev.slipway.runtime.errors;

import dev.slipway.kernel.SlipwayException;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.server.exceptions.ExceptionHandler;
import jakarta.inject.Singleton;

/** Answers with 415. */
@Singleton
final class ContentTypeRefusedHandler implements ExceptionHandler<ContentTypeRefused, HttpResponse<?>> {
    private static final int UNSUPPORTED_MEDIA_TYPE = 415;

    private final Problems problems;

    ContentTypeRefusedHandler(Problems problems) {
        this.problems = problems;
    }

    // The framework's interface has the raw type.
    @SuppressWarnings("rawtypes")
    @Override
    public HttpResponse<?> handle(HttpRequest request, ContentTypeRefused exception) {
        return problems.answer(
                request,
                SlipwayException.invalid("request.content-type", exception.getMessage()),
                UNSUPPORTED_MEDIA_TYPE);
    }
}
