package dev.slipway.standalone.stores;

import dev.slipway.kernel.SlipwayException;
import dev.slipway.standalone.stores.Connection.Backoff;
import dev.slipway.store.arangodb.ArangoGraphStore;
import dev.slipway.store.artifact.ArtifactStore;
import dev.slipway.store.cassandra.CassandraMetricStore;
import dev.slipway.store.embedded.EmbeddedStores;
import dev.slipway.store.graph.GraphStore;
import dev.slipway.store.metric.MetricStore;
import dev.slipway.store.s3.S3ArtifactStore;
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
        return settings.graph()
                .<GraphStore>map(ArangoGraphStore::open)
                .orElseGet(() -> EmbeddedStores.openGraph(settings.data()));
    }

    MetricStore metrics() {
        return settings.metrics()
                .<MetricStore>map(CassandraMetricStore::open)
                .orElseGet(() -> EmbeddedStores.openMetrics(settings.data()));
    }

    ArtifactStore artifacts() {
        return settings.artifacts()
                .<ArtifactStore>map(s3 -> S3ArtifactStore.open(s3, clock))
                .orElseGet(() -> EmbeddedStores.openArtifacts(settings.data(), clock));
    }

    /** The graph store, or one that stands for it until its server can be reached; likewise the others. */
    GraphStore connectedGraph(Consumer<SlipwayException> onRefusal) {
        return settings.graph()
                .<GraphStore>map(arango -> new ReconnectingGraphStore(
                        Connection.open(arango.toString(), this::graph, Backoff.DEFAULT, onRefusal)))
                .orElseGet(this::graph);
    }

    MetricStore connectedMetrics(Consumer<SlipwayException> onRefusal) {
        return settings.metrics()
                .<MetricStore>map(cassandra -> new ReconnectingMetricStore(
                        Connection.open(cassandra.toString(), this::metrics, Backoff.DEFAULT, onRefusal)))
                .orElseGet(this::metrics);
    }

    ArtifactStore connectedArtifacts(Consumer<SlipwayException> onRefusal) {
        return settings.artifacts()
                .<ArtifactStore>map(s3 -> new ReconnectingArtifactStore(Connection.open(
                        "S3 at " + s3.endpoint() + ", bucket " + s3.bucket(),
                        this::artifacts,
                        Backoff.DEFAULT,
                        onRefusal)))
                .orElseGet(this::artifacts);
    }
}
