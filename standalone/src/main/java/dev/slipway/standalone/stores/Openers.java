package dev.slipway.standalone.stores;

import dev.slipway.kernel.SlipwayException;
import dev.slipway.store.artifact.ArtifactStore;
import dev.slipway.store.embedded.EmbeddedStores;
import dev.slipway.store.graph.GraphStore;
import dev.slipway.store.metric.MetricStore;
import java.time.InstantSource;
import java.util.function.Consumer;

/** Opens each store as the settings say: the one place that knows the backends. */
final class Openers {
    private final StoreSettings settings;
    private final InstantSource clock;

    Openers(StoreSettings settings, InstantSource clock) {
        this.settings = settings;
        this.clock = clock;
    }

    GraphStore graph() {
        return EmbeddedStores.openGraph(settings.data());
    }

    MetricStore metrics() {
        return EmbeddedStores.openMetrics(settings.data());
    }

    ArtifactStore artifacts() {
        return EmbeddedStores.openArtifacts(settings.data(), clock);
    }

    GraphStore connectedGraph(Consumer<SlipwayException> onRefusal) {
        return graph();
    }

    MetricStore connectedMetrics(Consumer<SlipwayException> onRefusal) {
        return metrics();
    }

    ArtifactStore connectedArtifacts(Consumer<SlipwayException> onRefusal) {
        return artifacts();
    }
}
