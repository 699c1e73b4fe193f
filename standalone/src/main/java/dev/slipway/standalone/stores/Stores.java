package dev.slipway.standalone.stores;

import dev.slipway.kernel.SlipwayException;
import dev.slipway.store.artifact.ArtifactStore;
import dev.slipway.store.graph.GraphStore;
import dev.slipway.store.metric.MetricStore;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The three stores of a process. */
public final class Stores implements AutoCloseable {
    private final GraphStore graph;
    private final MetricStore metrics;
    private final ArtifactStore artifacts;

    private Stores(GraphStore graph, MetricStore metrics, ArtifactStore artifacts) {
        this.graph = graph;
        this.metrics = metrics;
        this.artifacts = artifacts;
    }

    /**
     * Opens all three, for a command that has nothing to do without them.
     *
     * @throws SlipwayException what a store says of its settings, its server or its folder; {@code UNAVAILABLE} when a server
     *     is away
     */
    public static Stores open(StoreSettings settings, InstantSource clock) {
        Openers openers = new Openers(settings, clock);
        return all(openers::graph, openers::metrics, openers::artifacts);
    }

    /**
     * Opens all three, for a server: one whose server is away answers {@code UNAVAILABLE}, {@code store.unreachable}, until
     * it is back.
     *
     * @param onRefusal told when a server that was away turns out to be one that refuses this process for good
     * @throws SlipwayException as {@link #open}, but for servers that are away
     */
    public static Stores connect(StoreSettings settings, InstantSource clock, Consumer<SlipwayException> onRefusal) {
        Openers openers = new Openers(settings, clock);
        return all(
                () -> openers.connectedGraph(onRefusal),
                () -> openers.connectedMetrics(onRefusal),
                () -> openers.connectedArtifacts(onRefusal));
    }

    private static Stores all(
            Supplier<GraphStore> graph, Supplier<MetricStore> metrics, Supplier<ArtifactStore> artifacts) {
        Deque<AutoCloseable> opened = new ArrayDeque<>();
        try {
            GraphStore openedGraph = graph.get();
            opened.push(openedGraph);
            MetricStore openedMetrics = metrics.get();
            opened.push(openedMetrics);
            return new Stores(openedGraph, openedMetrics, artifacts.get());
        } catch (RuntimeException e) {
            opened.forEach(store -> closeAfter(store, e));
            throw e;
        }
    }

    private static void closeAfter(AutoCloseable store, RuntimeException failure) {
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
