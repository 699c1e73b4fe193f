package dev.slipway.runtime.errors;

import dev.slipway.kernel.ErrorKind;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.runtime.observe.RequestId;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import jakarta.inject.Singleton;
import java.util.List;

/** Writes exceptions as problem details, or in the form that a path has for itself: the one place where an error becomes an HTTP answer. */
@Singleton
final class Problems {
    /** The code of a request for something that is not served at all. */
    static final String UNKNOWN_ROUTE = "route.unknown";

    /**
     * Contracts answer null with 404, so their own NOT_FOUND travels as 410: a declarative client takes every 404 for null.
     */
    private static final int CONTRACT_NOT_FOUND = 410;

    private final List<ErrorForm> otherForms;

    Problems(List<ErrorForm> otherForms) {
        this.otherForms = otherForms;
    }

    MutableHttpResponse<Object> answer(HttpRequest<?> request, SlipwayException exception) {
        return answer(request, exception, status(request, exception.kind()));
    }

    MutableHttpResponse<Object> answer(HttpRequest<?> request, SlipwayException exception, int status) {
        MutableHttpResponse<Object> response = otherForms.stream()
                .filter(form -> form.covers(request.getPath()))
                .findFirst()
                .map(form -> form.answer(exception))
                .orElseGet(() -> problem(request, exception, status));
        if (exception.kind() == ErrorKind.UNAUTHENTICATED) {
            response.header("WWW-Authenticate", "Bearer");
        }
        return response;
    }

    private static MutableHttpResponse<Object> problem(HttpRequest<?> request, SlipwayException exception, int status) {
        Problem problem = Problem.of(exception, status, RequestId.of(request).orElse(null));
        return HttpResponse.status(status, problem.title())
                .<Object>body(problem)
                .contentType(MediaType.of(Problem.MEDIA_TYPE));
    }

    private static int status(HttpRequest<?> request, ErrorKind kind) {
        return kind == ErrorKind.NOT_FOUND && request.getPath().startsWith("/internal/")
                ? CONTRACT_NOT_FOUND
                : kind.httpStatus();
    }
}
