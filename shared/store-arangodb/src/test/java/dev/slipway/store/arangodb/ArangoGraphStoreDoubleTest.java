package dev.slipway.store.arangodb;

import dev.slipway.store.arangodb.fake.ArangoDouble;
import dev.slipway.store.graph.GraphStore;
import dev.slipway.store.tests.GraphStoreConformance;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;

@DisplayName("ArangoDB DOUBLE, not a server")
class ArangoGraphStoreDoubleTest extends GraphStoreConformance {
    private ArangoDouble server;

    @Override
    protected GraphStore open(Path folder) {
        if (server == null) {
            server = ArangoDouble.start(MemoryAnswers.all());
        }
        return ArangoGraphStore.open(DoubleServer.settings(server));
    }

    @AfterEach
    void stop() {
        DoubleServer.assertNothingLeftOpen(server);
        server.close();
        server = null;
    }
}
