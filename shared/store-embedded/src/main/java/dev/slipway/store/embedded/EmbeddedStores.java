package dev.slipway.store.embedded;

import dev.slipway.kernel.SlipwayException;
import dev.slipway.store.artifact.ArtifactStore;
import dev.slipway.store.graph.GraphStore;
import dev.slipway.store.metric.MetricStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;

/**
 * The three stores in one data folder: {@code graph.db}, {@code metrics.db} and {@code artifacts/}. The folder may be
 * shared by several processes of one machine, but must not lie on a network file system.
 */
public final class EmbeddedStores implements AutoCloseable {
    private final GraphStore graph;
    private final MetricStore metrics;
    private final ArtifactStore artifacts;

    private EmbeddedStores(GraphStore graph, MetricStore metrics, ArtifactStore artifacts) {
        this.graph = graph;
        this.metrics = metrics;
        this.artifacts = artifacts;
    }

    /**
     * Opens the data folder, making it if it is not there, and brings it to this version's form.
     *
     * @param clock tells how old a file is that was left behind
     * @throws SlipwayException {@code UNSUPPORTED} with code {@code store.newer-version} for a folder written by a newer
     *     version, which is left as it is; {@code UNAVAILABLE} with code {@code store.unwritable} for one that can't be
     *     made or written
     */
    public static EmbeddedStores open(Path dataFolder, InstantSource clock) {
        GraphStore graph = null;
        MetricStore metrics = null;
        try {
            graph = openGraph(dataFolder);
            metrics = openMetrics(dataFolder);
            return new EmbeddedStores(graph, metrics, openArtifacts(dataFolder, clock));
        } catch (SlipwayException e) {
            close(metrics, e);
            close(graph, e);
            throw e;
        }
    }

    /** Opens the graph alone; errors as those of {@link #open}. */
    public static GraphStore openGraph(Path dataFolder) {
        return new SqliteGraphStore(made(dataFolder).resolve("graph.db"));
    }

    /** Opens the metrics alone; errors as those of {@link #open}. */
    public static MetricStore openMetrics(Path dataFolder) {
        return new SqliteMetricStore(made(dataFolder).resolve("metrics.db"));
    }

    /** Opens the artifacts alone; clock and errors as those of {@link #open}. */
    public static ArtifactStore openArtifacts(Path dataFolder, InstantSource clock) {
        return new FileArtifactStore(made(dataFolder).resolve("artifacts"), clock);
    }

    private static Path made(Path dataFolder) {
        try {
            return Files.createDirectories(dataFolder);
        } catch (IOException e) {
            throw StoreErrors.unwritable(dataFolder, e);
        }
    }

    private static void close(AutoCloseable store, SlipwayException failure) {
        if (store == null) {
            return;
        }
        try {
            store.close();
        } catch (Exception e) {
            failure.addSuppressed(e);
        }
    }

    public GraphStore graph() {
        return graph;
    }

    public MetricStore metrics() {
        return metrics;
    }

    public ArtifactStore artifacts() {
        return artifacts;
    }

    /** Waits for the calls that are running, then closes all three. */
    @Override
    public void close() {
        try {
            artifacts.close();
        } finally {
            try {
                metrics.close();
            } finally {
                graph.close();
            }
        }
    }
}
