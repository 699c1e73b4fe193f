package dev.slipway.runtime.errors;

import dev.slipway.kernel.ErrorKind;
import dev.slipway.kernel.SlipwayException;
import io.micronaut.context.annotation.Primary;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.server.exceptions.response.Error;
import io.micronaut.http.server.exceptions.response.ErrorContext;
import io.micronaut.http.server.exceptions.response.ErrorResponseProcessor;
import io.micronaut.web.router.RouteAttributes;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gives the framework's own errors, such as malformed JSON or an unknown route, the form and the codes of ours. */
@Primary
@Singleton
final class ProblemResponses implements ErrorResponseProcessor<Object> {
    private static final Logger LOG = LoggerFactory.getLogger(ProblemResponses.class);

    private final Problems problems;

    ProblemResponses(Problems problems) {
        this.problems = problems;
    }

    @Override
    public MutableHttpResponse<Object> processResponse(ErrorContext context, MutableHttpResponse<?> response) {
        HttpRequest<?> request = context.getRequest();
        Optional<SlipwayException> ours = context.getRootCause().flatMap(Causes::slipway);
        MutableHttpResponse<Object> answer = ours.map(exception -> problems.answer(request, exception))
                .orElseGet(() -> framework(context, response.code()));
        response.getHeaders().forEach((name, values) -> {
            if (!answer.getHeaders().contains(name)) {
                values.forEach(value -> answer.header(name, value));
            }
        });
        return answer;
    }

    private MutableHttpResponse<Object> framework(ErrorContext context, int status) {
        HttpRequest<?> request = context.getRequest();
        String route = request.getMethodName() + " " + request.getPath();
        if (status == 404 && RouteAttributes.getRouteMatch(request).isEmpty()) {
            // Not simply 404: under /internal a declarative client would take that for null.
            return problems.answer(
                    request,
                    SlipwayException.notFound(
                            Problems.UNKNOWN_ROUTE, route + " is not served here; check the address."));
        }
        SlipwayException exception =
                switch (status) {
                    case 401 ->
                        SlipwayException.unauthenticated("caller.unknown", "Send a token to call " + route + ".");
                    case 403 -> SlipwayException.forbidden("caller.role", "You may not call " + route + ".");
                    // A contract's method has answered null.
                    case 404 -> SlipwayException.notFound("result.none", "There is nothing at " + route + ".");
                    case 405 ->
                        SlipwayException.invalid(
                                "route.method", route + " is not served; the header Allow names the methods that are.");
                    case 406 ->
                        SlipwayException.invalid(
                                "route.accept", route + " can't answer with what the header Accept asks for.");
                    case 413 -> Causes.bodyTooLarge();
                    case 415 ->
                        SlipwayException.invalid(
                                "request.content-type", route + " does not take bodies of this content type.");
                    case 503, 504 ->
                        SlipwayException.unavailable(
                                "server.unavailable", "The server can't answer now; try again later.", null);
                    default ->
                        status >= 500
                                ? internal(context, route)
                                : SlipwayException.invalid("request.malformed", messages(context, route));
                };
        return problems.answer(request, exception, status);
    }

    private static SlipwayException internal(ErrorContext context, String route) {
        LOG.error("{} failed", route, context.getRootCause().orElse(null));
        return new SlipwayException(
                ErrorKind.INTERNAL, Causes.internal().code(), Causes.internal().getMessage(), null);
    }

    private static String messages(ErrorContext context, String route) {
        String messages = context.getErrors().stream().map(Error::getMessage).collect(Collectors.joining("; "));
        return route + " was not understood: " + (messages.isEmpty() ? "the request is malformed" : messages);
    }
}
