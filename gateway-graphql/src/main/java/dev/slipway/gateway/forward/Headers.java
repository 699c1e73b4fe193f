package dev.slipway.gateway.forward;

import dev.slipway.runtime.caller.CallerHeader;
import dev.slipway.runtime.observe.RequestId;
import dev.slipway.runtime.security.Forwarding;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MutableHttpHeaders;
import io.micronaut.http.MutableHttpRequest;
import io.micronaut.http.MutableHttpResponse;
import jakarta.inject.Singleton;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What becomes of headers on their way through the gateway. All that is not named here passes unchanged. */
@Singleton
final class Headers {
    /** They are about one connection, and set anew for the next. */
    private static final Set<String> OF_THE_CONNECTION = Set.of(
            "connection",
            "keep-alive",
            "proxy-connection",
            "proxy-authenticate",
            "proxy-authorization",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade");

    /** The gateway speaks for itself here, has done what they ask, or keeps them for the suite's own processes. */
    private static final Set<String> OF_THE_GATEWAY = Set.of(
            "host",
            "origin",
            "expect",
            "forwarded",
            "x-forwarded-for",
            "x-forwarded-host",
            "x-forwarded-port",
            "x-forwarded-prefix",
            "x-forwarded-proto",
            "x-real-ip",
            RequestId.HEADER.toLowerCase(Locale.ROOT),
            CallerHeader.NAME.toLowerCase(Locale.ROOT),
            Forwarding.HEADER.toLowerCase(Locale.ROOT));

    private final Forwarding forwarding;

    Headers(Forwarding forwarding) {
        this.forwarding = forwarding;
    }

    /** What the gateway sends to the service. */
    void forward(HttpRequest<?> client, MutableHttpRequest<?> sent) {
        copy(client.getHeaders(), sent.getHeaders(), OF_THE_GATEWAY);
        sent.header("X-Forwarded-For", client.getRemoteAddress().getAddress().getHostAddress());
        sent.header("X-Forwarded-Proto", client.isSecure() ? "https" : "http");
        Optional.ofNullable(client.getHeaders().get(HttpHeaders.HOST))
                .ifPresent(host -> sent.header("X-Forwarded-Host", host));
        RequestId.of(client).ifPresent(id -> sent.header(RequestId.HEADER, id));
        forwarding.token().ifPresent(token -> sent.header(Forwarding.HEADER, token));
    }

    /** What the gateway answers. */
    void answer(HttpResponse<?> service, MutableHttpResponse<?> answer) {
        copy(service.getHeaders(), answer.getHeaders(), Set.of(RequestId.HEADER.toLowerCase(Locale.ROOT)));
    }

    private static void copy(HttpHeaders from, MutableHttpHeaders to, Set<String> without) {
        List<String> named = from.getAll(HttpHeaders.CONNECTION).stream()
                .flatMap(value -> Arrays.stream(value.split(",")))
                .map(name -> name.strip().toLowerCase(Locale.ROOT))
                .toList();
        from.forEach((name, values) -> {
            String lower = name.toLowerCase(Locale.ROOT);
            if (!OF_THE_CONNECTION.contains(lower) && !without.contains(lower) && !named.contains(lower)) {
                values.forEach(value -> to.add(name, value));
            }
        });
    }
}
