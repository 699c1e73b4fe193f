package dev.slipway.registry.delivery;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.core.annotation.Order;
import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;

/** Counts what phones are answered. The framework's own metrics don't tell the path of a 304, the usual answer, or a 404. */
@ServerFilter(DeliveryMetrics.ROOT + "/**")
@Order(Ordered.HIGHEST_PRECEDENCE)
final class DeliveryMetrics {
    static final String ROOT = "/delivery/v1";

    private final MeterRegistry metrics;

    DeliveryMetrics(MeterRegistry metrics) {
        this.metrics = metrics;
    }

    @ResponseFilter
    void count(HttpRequest<?> request, MutableHttpResponse<?> response) {
        Counter.builder("slipway.delivery.answers")
                .description("Answers to phones, by what they asked for")
                .tag("asked", asked(request.getPath().substring(ROOT.length())))
                .tag("status", String.valueOf(response.code()))
                .register(metrics)
                .increment();
    }

    private static String asked(String path) {
        if (path.startsWith("/files/")) {
            return "file";
        }
        if (path.equals("/keys")) {
            return "keys";
        }
        return path.endsWith("/manifest") ? "manifest" : "other";
    }
}
