package dev.slipway.runtime.observe;

import io.micrometer.prometheus.PrometheusConfig;
import io.micrometer.prometheus.PrometheusMeterRegistry;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;

/** The registry behind {@code /prometheus}. */
// Micrometer calls its simpleclient registry deprecated; the newer client is not what the suite exports by.
@SuppressWarnings("deprecation")
@Factory
final class MetricsFactory {
    @Singleton
    @Bean(preDestroy = "close")
    PrometheusMeterRegistry prometheus() {
        return new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    }
}
