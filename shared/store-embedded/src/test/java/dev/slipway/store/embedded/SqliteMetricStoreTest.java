package dev.slipway.store.embedded;

import dev.slipway.store.metric.MetricStore;
import dev.slipway.store.tests.MetricStoreConformance;
import java.nio.file.Path;

class SqliteMetricStoreTest extends MetricStoreConformance {
    @Override
    protected MetricStore open(Path folder) {
        return new SqliteMetricStore(folder.resolve("metrics.db"));
    }
}
