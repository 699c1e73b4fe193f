package dev.slipway.runtime.observe;

import io.micronaut.http.HttpRequest;
import java.util.Optional;
import java.util.regex.Pattern;
import org.slf4j.MDC;

/** The id that a request carries through all processes and log lines. */
public final class RequestId {
    /** The header that it travels in. */
    public static final String HEADER = "X-Request-Id";

    /** Its name on a log line. */
    public static final String LOG_KEY = "requestId";

    static final String ATTRIBUTE = "slipway.request-id";

    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    private RequestId() {}

    /** The request's id; empty when it did not come so far as to be given one. */
    public static Optional<String> of(HttpRequest<?> request) {
        return request.getAttribute(ATTRIBUTE, String.class);
    }

    /** The id of the request that the current thread works for. */
    public static Optional<String> current() {
        return Optional.ofNullable(MDC.get(LOG_KEY));
    }

    /** What the client sent, if it is fit for logs and headers. */
    static Optional<String> sent(HttpRequest<?> request) {
        return Optional.ofNullable(request.getHeaders().get(HEADER))
                .filter(id -> FORM.matcher(id).matches());
    }
}
