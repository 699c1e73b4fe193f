package dev.slipway.store.embedded;

import dev.slipway.store.graph.GraphStore;
import dev.slipway.store.tests.GraphStoreConformance;
import java.nio.file.Path;

/** The graph as it is searched when every condition is satisfied by many: walked by portions, however far. */
class SqliteGraphStoreWalkingTest extends GraphStoreConformance {
    @Override
    protected GraphStore open(Path folder) {
        return new SqliteGraphStore(folder.resolve("graph.db"), new SearchEffort(0, 3, Long.MAX_VALUE));
    }
}
