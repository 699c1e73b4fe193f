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
    /** The name of the file that a folder has for as long as a backup is being restored into it. */
    public static final String RESTORING = "restoring";

    /** The name of the file that whoever copies or removes artifacts of the folder has locked, see {@link FolderLock}. */
    public static final String MAINTENANCE = "maintenance.lock";

    /** The name of the graph's file. */
    public static final String GRAPH = "graph.db";

    /** The name of the metrics' file. */
    public static final String METRICS = "metrics.db";

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
     *     made or written; {@code CONFLICT} with code {@code store.unfinished-restore} while a backup is being restored
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
        return new SqliteGraphStore(whole(dataFolder).resolve(GRAPH));
    }

    /** Opens the metrics alone; errors as those of {@link #open}. */
    public static MetricStore openMetrics(Path dataFolder) {
        return new SqliteMetricStore(whole(dataFolder).resolve(METRICS));
    }

    /** Opens the artifacts alone; clock and errors as those of {@link #open}. */
    public static ArtifactStore openArtifacts(Path dataFolder, InstantSource clock) {
        return new FileArtifactStore(made(dataFolder).resolve("artifacts"), clock);
    }

    /** A folder that is empty, or holds all that it should. */
    private static Path whole(Path dataFolder) {
        if (Files.exists(dataFolder.resolve(RESTORING))) {
            throw SlipwayException.conflict(
                    "store.unfinished-restore",
                    "A backup is being restored into " + dataFolder
                            + ", or was when that was broken off. Wait for it, or run 'slipway admin restore' again.");
        }
        return made(dataFolder);
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
