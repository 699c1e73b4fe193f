package dev.slipway.store.tests;

import dev.slipway.store.graph.GraphStore;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/**
 * What every {@link GraphStore} does. A backend's test class extends this and gives its store; nothing else.
 *
 * <p>The store need not be empty: each test keeps to workspaces of its own.
 */
public abstract class GraphStoreConformance {
    @TempDir
    Path folder;

    private GraphFixture graph;

    /**
     * Opens the store. Called twice with one folder, it gives two handles on the same data.
     *
     * @param folder an empty folder for those that keep their data in files
     */
    protected abstract GraphStore open(Path folder);

    /** What the backend can't do. */
    protected Set<Capability> optOuts() {
        return Set.of();
    }

    @BeforeEach
    final void openStore() {
        GraphStore store = open(folder);
        graph = new GraphFixture(store, optOuts().contains(Capability.SHARED_BY_PROCESSES) ? store : open(folder));
    }

    @AfterEach
    final void closeStore() {
        graph.close();
    }

    @Nested
    class Entities extends GraphEntityTests {
        @Override
        GraphFixture graph() {
            return graph;
        }
    }

    @Nested
    class Batches extends GraphBatchTests {
        @Override
        GraphFixture graph() {
            return graph;
        }
    }

    @Nested
    class Claims extends GraphClaimTests {
        @Override
        GraphFixture graph() {
            return graph;
        }
    }

    @Nested
    class Indexes extends GraphIndexTests {
        @Override
        GraphFixture graph() {
            return graph;
        }
    }

    @Nested
    class Facets extends GraphFacetTests {
        @Override
        GraphFixture graph() {
            return graph;
        }
    }

    @Nested
    class Searches extends GraphSearchTests {
        @Override
        GraphFixture graph() {
            return graph;
        }
    }

    @Nested
    class Traversals extends GraphTraversalTests {
        @Override
        GraphFixture graph() {
            return graph;
        }
    }

    @Nested
    class Events extends GraphEventTests {
        @Override
        GraphFixture graph() {
            return graph;
        }
    }

    @Nested
    class Rows extends GraphRowTests {
        @Override
        GraphFixture graph() {
            return graph;
        }
    }
}
