package dev.slipway.runtime.observe;

import dev.slipway.kernel.SlipwayException;
import dev.slipway.store.graph.GraphStore;
import io.micronaut.context.annotation.Requires;
import io.micronaut.core.async.publisher.AsyncSingleResultPublisher;
import io.micronaut.health.HealthStatus;
import io.micronaut.management.health.indicator.HealthIndicator;
import io.micronaut.management.health.indicator.HealthResult;
import io.micronaut.management.health.indicator.annotation.Readiness;
import io.micronaut.scheduling.TaskExecutors;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import org.reactivestreams.Publisher;

/** A process is ready while its graph store answers. */
@Singleton
@Readiness
@Requires(beans = GraphStore.class)
final class StoreHealth implements HealthIndicator {
    private static final String NAME = "graphStore";

    private final GraphStore graph;
    private final ExecutorService executor;

    StoreHealth(GraphStore graph, @Named(TaskExecutors.BLOCKING) ExecutorService executor) {
        this.graph = graph;
        this.executor = executor;
    }

    @Override
    public Publisher<HealthResult> getResult() {
        return new AsyncSingleResultPublisher<>(executor, this::look);
    }

    private HealthResult look() {
        try {
            return HealthResult.builder(NAME, HealthStatus.UP)
                    .details(Map.of("lastEventPosition", graph.lastEventPosition()))
                    .build();
        } catch (SlipwayException e) {
            return HealthResult.builder(NAME, HealthStatus.DOWN)
                    .details(Map.of("code", e.code()))
                    .build();
        }
    }
}
