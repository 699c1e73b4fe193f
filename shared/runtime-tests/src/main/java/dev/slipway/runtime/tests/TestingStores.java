package dev.slipway.runtime.tests;

import dev.slipway.store.artifact.ArtifactStore;
import dev.slipway.store.embedded.EmbeddedStores;
import dev.slipway.store.graph.GraphStore;
import dev.slipway.store.metric.MetricStore;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Requires;
import io.micronaut.context.annotation.Value;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.InstantSource;

/**
 * The embedded stores in the folder {@code slipway.data}, as a process's main module would open them; no stores in a
 * process without that property.
 */
@Factory
@Requires(property = "slipway.data")
final class TestingStores {
    @Singleton
    @Bean(preDestroy = "close")
    EmbeddedStores stores(@Value("${slipway.data}") String folder, InstantSource clock) {
        return EmbeddedStores.open(Path.of(folder), clock);
    }

    @Singleton
    GraphStore graph(EmbeddedStores stores) {
        return stores.graph();
    }

    @Singleton
    MetricStore metrics(EmbeddedStores stores) {
        return stores.metrics();
    }

    @Singleton
    ArtifactStore artifacts(EmbeddedStores stores) {
        return stores.artifacts();
    }
}
