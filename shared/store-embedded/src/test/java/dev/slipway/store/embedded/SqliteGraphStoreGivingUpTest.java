package dev.slipway.store.embedded;

import dev.slipway.store.graph.GraphStore;
import dev.slipway.store.tests.GraphStoreConformance;
import java.nio.file.Path;

/** The graph as it is searched when conditions are satisfied by many each and by few together. */
class SqliteGraphStoreGivingUpTest extends GraphStoreConformance {
    @Override
    protected GraphStore open(Path folder) {
        return new SqliteGraphStore(folder.resolve("graph.db"), new SearchEffort(6, 4, 1));
    }
}
