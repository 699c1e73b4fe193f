package dev.slipway.benchmarks;

import dev.slipway.benchmarks.LineageGraph.Shape;
import dev.slipway.kernel.Direction;
import dev.slipway.kernel.Workspace;
import dev.slipway.kernel.id.EntityId;
import dev.slipway.store.embedded.EmbeddedStores;
import dev.slipway.store.graph.GraphStore;
import dev.slipway.store.graph.Traversal;
import dev.slipway.store.graph.TraversalQuery;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What lies upstream of a node, 20 edges far, in a graph of 1,000,000 edges and in one of 100,000 with answers of the same
 * sizes: if time grows with the answer and not with the graph, both take the same. Beside it, plain SQLite's recursion.
 */
final class LineageWalks implements Measurement {
    private static final int ROUNDS = 100;
    private static final int WARM_UP = 50;
    private static final List<Shape> SHAPES = List.of(
            new Shape("chain", 1, 0, 4000),
            new Shape("small team", 5, 0, 1000),
            new Shape("team", 25, 0, 200),
            new Shape("department", 100, 0, 25),
            new Shape("many sources", 1, 1000, 80),
            new Shape("organisation", 500, 0, 1));

    /** One graph with an entity to start at for each team of each shape. */
    private record Graph(EmbeddedStores stores, LineagePeer peer, Map<Shape, List<EntityId>> starts, int edges)
            implements AutoCloseable {
        @Override
        public void close() throws SQLException {
            try {
                stores.close();
            } finally {
                peer.close();
            }
        }
    }

    @Override
    public void run(Path folder, PrintStream out) throws Exception {
        try (Graph large = make(folder.resolve("large"), 1);
                Graph small = make(folder.resolve("small"), 10)) {
            out.printf(
                    "lineage upstream, depth 20, in a graph of %,d edges and one of %,d, %d walks each, in turns%n",
                    large.edges, small.edges, ROUNDS);
            for (Shape shape : SHAPES) {
                measure(shape, large, small, out);
            }
        }
    }

    private static Graph make(Path folder, int part) throws IOException, SQLException {
        Files.createDirectories(folder);
        EmbeddedStores stores = EmbeddedStores.open(folder, InstantSource.system());
        LineageGraph graph = new LineageGraph(stores.graph());
        Map<Shape, List<EntityId>> starts = new LinkedHashMap<>();
        for (Shape shape : SHAPES) {
            starts.put(
                    shape,
                    graph.make(new Shape(
                            shape.name(), shape.width(), shape.sources(), Math.max(1, shape.teams() / part))));
        }
        return new Graph(
                stores, LineagePeer.copy(folder.resolve("graph.db"), folder.resolve("peer.db")), starts, graph.edges());
    }

    private static void measure(Shape shape, Graph large, Graph small, PrintStream out) throws SQLException {
        double[] inLarge = new double[ROUNDS];
        double[] inSmall = new double[ROUNDS];
        double[] peer = new double[ROUNDS];
        List<Integer> nodes = new ArrayList<>();
        List<Integer> edges = new ArrayList<>();
        for (int round = -WARM_UP; round < ROUNDS; round++) {
            int at = Math.max(round, 0);
            long start = System.nanoTime();
            walk(small, shape, round + WARM_UP);
            inSmall[at] = milliseconds(start);
            start = System.nanoTime();
            LineagePeer.Ancestry asked = large.peer.upstream(start(large, shape, round + WARM_UP));
            peer[at] = milliseconds(start);
            start = System.nanoTime();
            Traversal found = walk(large, shape, round + WARM_UP);
            inLarge[at] = milliseconds(start);
            if (found.nodes().size() != asked.nodes().size()
                    || found.edges().size() != asked.edges().size()) {
                throw new IllegalStateException("the store and its peer differ in what they find");
            }
            nodes.add(found.nodes().size());
            edges.add(found.edges().size());
        }
        print(shape, nodes, edges, inLarge, inSmall, peer, out);
    }

    private static void print(
            Shape shape,
            List<Integer> nodes,
            List<Integer> edges,
            double[] inLarge,
            double[] inSmall,
            double[] peer,
            PrintStream out) {
        Percentiles ours = Percentiles.of(inLarge);
        Percentiles tenth = Percentiles.of(inSmall);
        Percentiles theirs = Percentiles.of(peer);
        double averageEdges =
                edges.stream().mapToInt(Integer::intValue).average().orElseThrow();
        out.printf(
                "  %-12s %,6.0f nodes, %,6.0f edges: %s, %.1f us per edge%n"
                        + "      in the graph of a tenth: %s, ratio %.2f; SQLite's recursion: %s, ratio %.2f%n",
                shape.name(),
                nodes.stream().mapToInt(Integer::intValue).average().orElseThrow(),
                averageEdges,
                ours,
                1000 * ours.median() / averageEdges,
                tenth,
                ours.median() / tenth.median(),
                theirs,
                ours.median() / theirs.median());
    }

    private static EntityId start(Graph graph, Shape shape, int round) {
        List<EntityId> starts = graph.starts.get(shape);
        return starts.get(round % starts.size());
    }

    private static Traversal walk(Graph graph, Shape shape, int round) {
        GraphStore store = graph.stores.graph();
        return store.traverse(new TraversalQuery(
                Workspace.DEFAULT,
                List.of(start(graph, shape, round)),
                Direction.UPSTREAM,
                Set.of(),
                LineageGraph.DEPTH,
                TraversalQuery.MAX_NODES));
    }

    private static double milliseconds(long startNanos) {
        return (System.nanoTime() - startNanos) / 1e6;
    }
}
