package dev.slipway.standalone.stores;

import dev.slipway.kernel.Page;
import dev.slipway.kernel.Workspace;
import dev.slipway.kernel.id.EntityId;
import dev.slipway.store.metric.Bucket;
import dev.slipway.store.metric.Chunk;
import dev.slipway.store.metric.MetricStore;
import dev.slipway.store.metric.Point;
import dev.slipway.store.metric.Series;
import java.util.List;
import java.util.Optional;

/** A metric store that is opened when its server can be reached. */
final class ReconnectingMetricStore implements MetricStore {
    private final Connection<MetricStore> connection;

    ReconnectingMetricStore(Connection<MetricStore> connection) {
        this.connection = connection;
    }

    @Override
    public void append(List<Chunk> chunks) {
        connection.get().append(chunks);
    }

    @Override
    public List<String> keys(Workspace workspace, EntityId entity) {
        return connection.get().keys(workspace, entity);
    }

    @Override
    public Page<Point> range(Series series, long fromStep, long toStep, int limit, Optional<String> cursor) {
        return connection.get().range(series, fromStep, toStep, limit, cursor);
    }

    @Override
    public List<Point> after(Series series, Optional<Point> after, int limit) {
        return connection.get().after(series, after, limit);
    }

    @Override
    public List<Bucket> downsample(Series series, long fromStep, long toStep, int buckets) {
        return connection.get().downsample(series, fromStep, toStep, buckets);
    }

    @Override
    public int compact(Series series) {
        return connection.get().compact(series);
    }

    @Override
    public Page<Series> series(int limit, Optional<String> cursor) {
        return connection.get().series(limit, cursor);
    }

    @Override
    public void close() {
        connection.close();
    }
}
