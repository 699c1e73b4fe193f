package dev.slipway.training.mlflow;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import java.util.Map;

/** How whoever sent a request reaches this server again, by the address that it used and in its own name. */
final class OwnAddress {
    private OwnAddress() {}

    /** @param path with a slash at its beginning */
    static String of(HttpRequest<?> request, String path) {
        String proxied = request.getHeaders().get("X-Forwarded-Host");
        String host = proxied == null ? request.getHeaders().get(HttpHeaders.HOST) : proxied;
        boolean secure =
                request.isSecure() || "https".equals(request.getHeaders().get("X-Forwarded-Proto"));
        return (secure ? "https://" : "http://") + host + path;
    }

    /** The headers without which the request would not have been answered. */
    static Map<String, String> headers(HttpRequest<?> request) {
        String authorization = request.getHeaders().get(HttpHeaders.AUTHORIZATION);
        return authorization == null ? Map.of() : Map.of(HttpHeaders.AUTHORIZATION, authorization);
    }
}
