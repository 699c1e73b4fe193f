package dev.slipway.runtime.observe;

import dev.slipway.kernel.Digest;
import dev.slipway.kernel.Workspace;
import dev.slipway.kernel.id.EntityId;
import dev.slipway.store.artifact.ArtifactStore;
import dev.slipway.store.graph.GraphStore;
import dev.slipway.store.metric.MetricStore;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Requires;
import io.micronaut.management.health.indicator.annotation.Readiness;
import io.micronaut.scheduling.TaskExecutors;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
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
    StoreHealth graph(GraphStore graph, @Named(TaskExecutors.BLOCKING) ExecutorService executor) {
        return new StoreHealth("graphStore", () -> Map.of("lastEventPosition", graph.lastEventPosition()), executor);
    }

    @Singleton
    @Readiness
    @Requires(beans = MetricStore.class)
    StoreHealth metrics(MetricStore metrics, @Named(TaskExecutors.BLOCKING) ExecutorService executor) {
        return new StoreHealth(
                "metricStore",
                () -> {
                    metrics.keys(Workspace.DEFAULT, NOBODY);
                    return Map.of();
                },
                executor);
    }

    @Singleton
    @Readiness
    @Requires(beans = ArtifactStore.class)
    StoreHealth artifacts(ArtifactStore artifacts, @Named(TaskExecutors.BLOCKING) ExecutorService executor) {
        return new StoreHealth(
                "artifactStore",
                () -> {
                    artifacts.size(NOTHING);
                    return Map.of();
                },
                executor);
    }
}
