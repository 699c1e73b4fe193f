package dev.slipway.store.embedded;

import dev.slipway.store.graph.GraphStore;
import dev.slipway.store.tests.GraphStoreConformance;
import java.nio.file.Path;

class SqliteGraphStoreTest extends GraphStoreConformance {
    @Override
    protected GraphStore open(Path folder) {
        return new SqliteGraphStore(folder.resolve("graph.db"));
    }
}
