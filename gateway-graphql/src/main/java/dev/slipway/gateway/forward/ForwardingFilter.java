package dev.slipway.gateway.forward;

import dev.slipway.kernel.Service;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.runtime.errors.ConnectFailures;
import dev.slipway.runtime.security.FilterOrder;
import io.micronaut.context.annotation.Requires;
import io.micronaut.context.env.Environment;
import io.micronaut.core.annotation.Order;
import io.micronaut.http.ByteBodyHttpResponse;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MutableHttpRequest;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.ServerHttpRequest;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.body.CloseableByteBody;
import io.micronaut.http.client.RawHttpClient;
import io.micronaut.http.client.annotation.Client;
import io.micronaut.http.client.exceptions.HttpClientException;
import io.micronaut.http.client.exceptions.ResponseClosedException;
import io.micronaut.http.filter.FilterContinuation;
import java.net.URI;
import java.util.Optional;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/**
 * Sends the public REST requests on to the services of other processes, after each was looked at as any other request. Bodies
 * stream through both ways. A request without a body for which no connection could be made, or one that only reads whose connection
 * broke, is sent again, to another replica if there is one; others may be sent again by their client.
 */
@ServerFilter({
    "/delivery/**",
    "/v1/**",
    "/v2/**",
    "/api/**",
    "/ajax-api/**",
    "/get-artifact",
    "/model-versions/**",
    "/version"
})
@Order(FilterOrder.FORWARD)
@Requires(condition = ServicesElsewhere.class)
final class ForwardingFilter {
    private static final int MORE_TRIES = 2;

    private final Routes routes;
    private final Targets targets;
    private final Headers headers;
    private final RawHttpClient client;

    ForwardingFilter(
            Environment configuration,
            Targets targets,
            Headers headers,
            @Client(configuration = ForwardingConfiguration.class) RawHttpClient client) {
        this.routes = Routes.ALL.of(service -> !ServicesElsewhere.runsHere(service, configuration));
        this.targets = targets;
        this.headers = headers;
        this.client = client;
    }

    @RequestFilter
    Publisher<MutableHttpResponse<?>> forward(
            HttpRequest<?> request, FilterContinuation<Publisher<MutableHttpResponse<?>>> here) {
        Optional<Service> service = routes.service(request.getUri().getRawPath());
        return service.isPresent() ? forward((ServerHttpRequest<?>) request, service.get()) : here.proceed();
    }

    private Publisher<MutableHttpResponse<?>> forward(ServerHttpRequest<?> request, Service service) {
        CloseableByteBody body = request.byteBody().move();
        boolean bodiless = body.expectedLength().orElse(-1) == 0;
        if (bodiless) {
            body.close();
        }
        boolean reading = request.getMethod() == HttpMethod.GET || request.getMethod() == HttpMethod.HEAD;
        return Mono.defer(() -> Mono.from(targets.next(service)))
                .flatMap(target ->
                        Mono.from(client.exchange(forwarded(request, target.getURI()), bodiless ? null : body, null)))
                .retryWhen(Retry.max(MORE_TRIES)
                        .filter(failure ->
                                bodiless && (ConnectFailures.neverConnected(failure) || (reading && lost(failure))))
                        .onRetryExhaustedThrow((retry, signal) -> signal.failure()))
                .onErrorMap(
                        failure -> failure instanceof HttpClientException || lost(failure),
                        failure -> unreachable(service, failure))
                .map(answer -> answered(request, answer));
    }

    private MutableHttpRequest<?> forwarded(HttpRequest<?> request, URI target) {
        URI asked = request.getUri();
        String query = asked.getRawQuery() == null ? "" : "?" + asked.getRawQuery();
        String address = target.getScheme() + "://" + target.getRawAuthority() + asked.getRawPath() + query;
        MutableHttpRequest<?> sent = HttpRequest.create(request.getMethod(), address, request.getMethodName());
        headers.forward(request, sent);
        return sent;
    }

    private MutableHttpResponse<?> answered(HttpRequest<?> request, HttpResponse<?> service) {
        MutableHttpResponse<Object> answer = HttpResponse.status(service.code(), service.reason());
        headers.answer(service, answer);
        ByteBodyHttpResponse<?> bytes = (ByteBodyHttpResponse<?>) service;
        boolean bodiless = request.getMethod() == HttpMethod.HEAD || service.code() == 204 || service.code() == 304;
        if (bodiless) {
            bytes.close();
            return answer;
        }
        return answer.body(new ForwardedBody(bytes.byteBody().move()));
    }

    private static boolean lost(Throwable failure) {
        return failure instanceof ResponseClosedException || ConnectFailures.lost(failure);
    }

    private static SlipwayException unreachable(Service service, Throwable failure) {
        return SlipwayException.unavailable(
                "service.unreachable",
                "The service " + service.wireName() + " does not answer now (" + failure.getMessage()
                        + "); try again later.",
                failure);
    }
}
