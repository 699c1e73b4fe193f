package dev.slipway.store.embedded;

import dev.slipway.store.graph.GraphStore;
import dev.slipway.store.tests.GraphStoreConformance;
import java.nio.file.Path;

/** The graph as it is searched when every filter is satisfied by many: never driven by a filter. */
class SqliteGraphStoreWalkingTest extends GraphStoreConformance {
    @Override
    protected GraphStore open(Path folder) {
        return new SqliteGraphStore(folder.resolve("graph.db"), 0);
    }
}
