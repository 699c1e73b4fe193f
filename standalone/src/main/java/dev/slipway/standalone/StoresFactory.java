package dev.slipway.standalone;

import dev.slipway.standalone.stores.StoreSettings;
import dev.slipway.standalone.stores.Stores;
import dev.slipway.store.artifact.ArtifactStore;
import dev.slipway.store.graph.GraphStore;
import dev.slipway.store.metric.MetricStore;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.env.Environment;
import jakarta.inject.Singleton;
import java.time.InstantSource;

/** Gives this process its stores. */
@Factory
final class StoresFactory {
    @Singleton
    @Bean(preDestroy = "close")
    Stores stores(Environment configuration, InstantSource clock, Refusals refusals) {
        return Stores.connect(StoreSettings.of(configuration), clock, refusals::add);
    }

    @Singleton
    GraphStore graphStore(Stores stores) {
        return stores.graph();
    }

    @Singleton
    MetricStore metricStore(Stores stores) {
        return stores.metrics();
    }

    @Singleton
    ArtifactStore artifactStore(Stores stores) {
        return stores.artifacts();
    }
}
