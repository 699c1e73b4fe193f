package dev.slipway.runtime.observe;

import io.micronaut.core.annotation.Order;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;

/**
 * Makes {@code /health} a plain {@code OK}, as MLflow's clients expect; {@code /health/liveness} and {@code
 * /health/readiness} keep the details.
 */
@ServerFilter("/health")
@Order(PlainHealthFilter.OUTSIDE_THE_FRAMEWORKS)
final class PlainHealthFilter {
    /** The framework's own filter, which sets the status, must be through with the answer first. */
    static final int OUTSIDE_THE_FRAMEWORKS = -500;

    @ResponseFilter
    void plain(MutableHttpResponse<?> response) {
        HttpStatus status = response.status();
        if (status == HttpStatus.OK || status == HttpStatus.SERVICE_UNAVAILABLE) {
            response.body(status == HttpStatus.OK ? "OK" : "DOWN");
            response.contentType(MediaType.TEXT_PLAIN_TYPE);
        }
    }
}
