package dev.slipway.store.cassandra;

import com.datastax.oss.driver.api.core.CqlSession;
import dev.slipway.kernel.Page;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.Workspace;
import dev.slipway.kernel.id.EntityId;
import dev.slipway.store.common.Bounds;
import dev.slipway.store.common.Downsampler;
import dev.slipway.store.common.PointPages;
import dev.slipway.store.metric.Bucket;
import dev.slipway.store.metric.Chunk;
import dev.slipway.store.metric.MetricStore;
import dev.slipway.store.metric.Point;
import dev.slipway.store.metric.Series;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Series of points in Apache Cassandra 5; {@link Layout} says how they lie there. May be shared by any number of processes.
 *
 * <p>A call that fails with {@code UNAVAILABLE} may succeed when it is made again: {@code store.unavailable} when nodes did
 * not answer, {@code store.interrupted}, {@code store.closed}. An append may then have been written in part; repeating it is
 * harmless.
 */
public final class CassandraMetricStore implements MetricStore {
    private static final int PAGE = 50_000;

    private final CqlSession session;
    private final ChunkWriter writer;
    private final ChunkReader reader;
    private final ChunkCompactor compactor;
    private final SeriesList seriesList;

    private CassandraMetricStore(CqlSession session, Requests requests, CassandraSettings settings, int unitsPerSlice) {
        this.session = session;
        Lifetime lifetime = Lifetime.of(settings.timeToLive());
        SliceIndex index = new SliceIndex(requests);
        this.writer = new ChunkWriter(requests, new Slices(unitsPerSlice), new IndexRows(requests, lifetime), lifetime);
        this.reader = new ChunkReader(requests, index);
        this.compactor = new ChunkCompactor(requests, index, writer, lifetime);
        this.seriesList = new SeriesList(requests);
    }

    /**
     * Connects, makes the keyspace and the tables if they are not there, and brings them to this version's form.
     *
     * @throws SlipwayException {@code UNAVAILABLE} with code {@code store.unreachable} if no node answers or none is in the
     *     datacenter, which another attempt may overcome; {@code UNAUTHENTICATED} with code {@code store.credentials};
     *     {@code FORBIDDEN} with code {@code store.forbidden} if the user may not do what is needed; {@code UNSUPPORTED} with
     *     code {@code store.newer-version} for tables of a newer version, which are left as they are, or {@code
     *     store.server-version} for a Cassandra before 5.0
     */
    public static CassandraMetricStore open(CassandraSettings settings) {
        return open(settings, Slices.UNITS);
    }

    /** With slices of another size. */
    static CassandraMetricStore open(CassandraSettings settings, int unitsPerSlice) {
        CassandraErrors errors = new CassandraErrors(settings);
        Waiting waiting = Waiting.whileOpening(errors);
        CqlSession session = new Connector(settings, errors, waiting).connect();
        try {
            new SchemaKeeper(session, settings, waiting).upgrade(MetricSchema.STEPS, MetricSchema.TABLES);
            return new CassandraMetricStore(session, new Requests(session, settings, errors), settings, unitsPerSlice);
        } catch (RuntimeException e) {
            session.close();
            throw e;
        }
    }

    @Override
    public void append(List<Chunk> chunks) {
        Bounds.checkAppend(chunks);
        writer.append(chunks);
    }

    @Override
    public List<String> keys(Workspace workspace, EntityId entity) {
        return seriesList.keys(workspace, entity);
    }

    @Override
    public Page<Point> range(Series series, long fromStep, long toStep, int limit, Optional<String> cursor) {
        Bounds.checkRange(limit);
        PointPages pages = new PointPages(series, fromStep, toStep);
        Point after = pages.after(cursor).orElse(null);
        return pages.page(reader.after(series, fromStep, toStep, limit + 1, after), limit);
    }

    @Override
    public List<Point> after(Series series, Optional<Point> after, int limit) {
        Bounds.checkRange(limit);
        return reader.after(series, Long.MIN_VALUE, Long.MAX_VALUE, limit, after.orElse(null));
    }

    @Override
    public List<Bucket> downsample(Series series, long fromStep, long toStep, int buckets) {
        Bounds.checkBuckets(buckets);
        OptionalLong last = reader.lastStep(series, fromStep, toStep);
        if (last.isEmpty()) {
            return List.of();
        }
        // What is appended beyond the last step meanwhile is not of these buckets.
        List<Point> points = reader.after(series, fromStep, last.getAsLong(), PAGE, null);
        if (points.isEmpty()) {
            return List.of();
        }
        Downsampler downsampler = new Downsampler(points.get(0).step(), last.getAsLong(), buckets);
        while (!points.isEmpty()) {
            points.forEach(downsampler::add);
            points = reader.after(series, fromStep, last.getAsLong(), PAGE, points.get(points.size() - 1));
        }
        return downsampler.result();
    }

    @Override
    public int compact(Series series) {
        return compactor.compact(series);
    }

    @Override
    public Page<Series> series(int limit, Optional<String> cursor) {
        return seriesList.page(limit, cursor);
    }

    /** Waits for the requests under way, then closes; what comes later is refused. */
    @Override
    public void close() {
        session.close();
    }
}
