package dev.slipway.store.cassandra;

import dev.slipway.store.metric.MetricStore;
import dev.slipway.store.tests.MetricStoreConformance;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedServer.class)
class CassandraMetricStoreTest extends MetricStoreConformance {
    private final SharedServer.Running server;

    CassandraMetricStoreTest(SharedServer.Running server) {
        this.server = server;
    }

    @Override
    protected MetricStore open(Path folder) {
        return CassandraMetricStore.open(server.settings("conformance"));
    }
}
