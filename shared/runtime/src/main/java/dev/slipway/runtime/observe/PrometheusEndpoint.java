package dev.slipway.runtime.observe;

import io.micrometer.prometheus.PrometheusMeterRegistry;
import io.micronaut.management.endpoint.annotation.Endpoint;
import io.micronaut.management.endpoint.annotation.Read;
import io.prometheus.client.exporter.common.TextFormat;

/** The metrics of this process at {@code /prometheus}, in Prometheus' text format. */
// Micrometer calls its simpleclient registry deprecated; the newer client is not what the suite exports by.
@SuppressWarnings("deprecation")
@Endpoint(id = "prometheus", defaultSensitive = false)
class PrometheusEndpoint {
    private final PrometheusMeterRegistry registry;

    PrometheusEndpoint(PrometheusMeterRegistry registry) {
        this.registry = registry;
    }

    @Read(produces = TextFormat.CONTENT_TYPE_004)
    String scrape() {
        return registry.scrape(TextFormat.CONTENT_TYPE_004);
    }
}
