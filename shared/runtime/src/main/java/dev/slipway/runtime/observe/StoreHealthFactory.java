package dev.slipway.runtime.observe;

import dev.slipway.kernel.Digest;
import dev.slipway.kernel.Workspace;
import dev.slipway.kernel.id.EntityId;
import dev.slipway.store.artifact.ArtifactStore;
import dev.slipway.store.graph.GraphStore;
import dev.slipway.store.metric.MetricStore;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.system.DiskSpaceMetrics;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Requires;
import io.micronaut.context.annotation.Value;
import io.micronaut.management.health.indicator.annotation.Readiness;
import io.micronaut.scheduling.TaskExecutors;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ExecutorService;

/** What each store is asked to show that it answers: something that it finds by a key, in work that does not grow. */
@Factory
final class StoreHealthFactory {
    private static final EntityId NOBODY = new EntityId("00000000000070008000000000000000");
    private static final Digest NOTHING = Digest.of(new byte[0]);

    @Singleton
    @Readiness
    @Requires(beans = GraphStore.class)
    StoreHealth graph(
            GraphStore graph, @Named(TaskExecutors.BLOCKING) ExecutorService executor, MeterRegistry metrics) {
        return new StoreHealth(
                "graphStore", () -> Map.of("lastEventPosition", graph.lastEventPosition()), executor, metrics);
    }

    @Singleton
    @Readiness
    @Requires(beans = MetricStore.class)
    StoreHealth metrics(
            MetricStore store, @Named(TaskExecutors.BLOCKING) ExecutorService executor, MeterRegistry metrics) {
        return new StoreHealth(
                "metricStore",
                () -> {
                    store.keys(Workspace.DEFAULT, NOBODY);
                    return Map.of();
                },
                executor,
                metrics);
    }

    @Singleton
    @Readiness
    @Requires(beans = ArtifactStore.class)
    StoreHealth artifacts(
            ArtifactStore artifacts, @Named(TaskExecutors.BLOCKING) ExecutorService executor, MeterRegistry metrics) {
        return new StoreHealth(
                "artifactStore",
                () -> {
                    artifacts.size(NOTHING);
                    return Map.of();
                },
                executor,
                metrics);
    }

    /** How much room is left where the data folder lies. */
    @Singleton
    @Requires(property = "slipway.data")
    DiskSpaceMetrics disk(@Value("${slipway.data}") Path folder) {
        return new DiskSpaceMetrics(folder.toFile());
    }
}
