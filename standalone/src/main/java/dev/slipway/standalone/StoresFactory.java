package dev.slipway.standalone;

import dev.slipway.store.artifact.ArtifactStore;
import dev.slipway.store.embedded.EmbeddedStores;
import dev.slipway.store.graph.GraphStore;
import dev.slipway.store.metric.MetricStore;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Value;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.InstantSource;

/** Chooses the stores of this process: the embedded ones, under the data folder. */
@Factory
final class StoresFactory {
    @Singleton
    @Bean(preDestroy = "close")
    EmbeddedStores stores(@Value("${slipway.data}") Path dataFolder, InstantSource clock) {
        return EmbeddedStores.open(dataFolder, clock);
    }

    @Singleton
    GraphStore graphStore(EmbeddedStores stores) {
        return stores.graph();
    }

    @Singleton
    MetricStore metricStore(EmbeddedStores stores) {
        return stores.metrics();
    }

    @Singleton
    ArtifactStore artifactStore(EmbeddedStores stores) {
        return stores.artifacts();
    }
}
