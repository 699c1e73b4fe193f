package dev.slipway.store.embedded;

import dev.slipway.kernel.Page;
import dev.slipway.kernel.Workspace;
import dev.slipway.kernel.id.EntityId;
import dev.slipway.store.common.Bounds;
import dev.slipway.store.common.Cursor;
import dev.slipway.store.common.Downsampler;
import dev.slipway.store.common.Pages;
import dev.slipway.store.metric.Bucket;
import dev.slipway.store.metric.Chunk;
import dev.slipway.store.metric.MetricStore;
import dev.slipway.store.metric.Point;
import dev.slipway.store.metric.Series;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Series of points in one SQLite file, a row per chunk and bucket of steps. */
final class SqliteMetricStore implements MetricStore {
    private static final int READERS = 4;
    private static final int PAGE = 25_000;

    private final Database database;
    private final MetricReader reader = new MetricReader();
    private final MetricCompactor compactor = new MetricCompactor();

    SqliteMetricStore(Path file) {
        database = Database.open(file, MetricSchema.STEPS, READERS);
    }

    @Override
    public void append(List<Chunk> chunks) {
        Bounds.checkAppend(chunks);
        database.write(session -> {
            for (Chunk chunk : chunks) {
                insert(session, chunk);
            }
            return null;
        });
    }

    private static void insert(Session session, Chunk chunk) throws SQLException {
        Map<Long, List<Point>> buckets = chunk.points().stream()
                .sorted()
                .distinct()
                .collect(Collectors.groupingBy(
                        point -> MetricReader.bucket(point.step()), TreeMap::new, Collectors.toList()));
        for (Map.Entry<Long, List<Point>> bucket : buckets.entrySet()) {
            MetricCompactor.insert(session, chunk.series(), bucket.getKey(), bucket.getValue());
        }
    }

    @Override
    public List<String> keys(Workspace workspace, EntityId entity) {
        return database.read(session -> {
            List<String> keys = new ArrayList<>();
            Optional<String> next = Optional.of("");
            while (next.isPresent()) {
                next = session.first(
                        MetricSql.NEXT_KEY, row -> row.getString("key"), workspace.name(), entity.value(), next.get());
                next.ifPresent(keys::add);
            }
            return keys;
        });
    }

    @Override
    public Page<Point> range(Series series, long fromStep, long toStep, int limit, Optional<String> cursor) {
        Bounds.checkRange(limit);
        return database.read(session -> reader.page(session, series, fromStep, toStep, limit, cursor));
    }

    @Override
    public List<Point> after(Series series, Optional<Point> after, int limit) {
        Bounds.checkRange(limit);
        return database.read(
                session -> reader.after(session, series, Long.MIN_VALUE, Long.MAX_VALUE, limit, after.orElse(null)));
    }

    @Override
    public List<Bucket> downsample(Series series, long fromStep, long toStep, int buckets) {
        Bounds.checkBuckets(buckets);
        return database.read(session -> {
            OptionalLong last = reader.lastStep(session, series, fromStep, toStep);
            List<Point> points = reader.after(session, series, fromStep, toStep, PAGE, null);
            if (last.isEmpty() || points.isEmpty()) {
                return List.of();
            }
            Downsampler downsampler = new Downsampler(points.get(0).step(), last.getAsLong(), buckets);
            while (!points.isEmpty()) {
                points.forEach(downsampler::add);
                points = reader.after(session, series, fromStep, toStep, PAGE, points.get(points.size() - 1));
            }
            return downsampler.result();
        });
    }

    @Override
    public int compact(Series series) {
        OptionalLong bucket = database.read(session -> reader.firstBucket(session, series, Long.MIN_VALUE));
        while (bucket.isPresent()) {
            long at = bucket.getAsLong();
            // Each merge is a transaction of its own, so that appends are not kept waiting.
            boolean merged = true;
            while (merged) {
                merged = database.write(session -> compactor.mergeSome(session, series, at));
            }
            bucket = database.read(session -> reader.firstBucket(session, series, at + 1));
        }
        return Math.toIntExact(database.read(session -> session.number(
                MetricSql.CHUNK_COUNT,
                series.workspace().name(),
                series.entity().value(),
                series.key())));
    }

    @Override
    public Page<Series> series(int limit, Optional<String> cursor) {
        Page.checkLimit(limit);
        Cursor cursors = Cursor.of("series");
        List<Object> begin = cursor.map(text -> cursors.read(text, "ttt")).orElse(List.of("", "", ""));
        List<Series> found = database.read(session -> {
            List<Series> all = new ArrayList<>();
            Optional<Series> next = nextSeries(session, begin);
            while (next.isPresent()) {
                all.add(next.get());
                next = all.size() > limit ? Optional.empty() : nextSeries(session, position(next.get()));
            }
            return all;
        });
        return Pages.of(found, limit, series -> series, last -> cursors.write(position(last)));
    }

    private static Optional<Series> nextSeries(Session session, List<Object> after) throws SQLException {
        return session.first(
                MetricSql.NEXT_SERIES,
                row -> new Series(
                        new Workspace(row.getString("workspace")),
                        new EntityId(row.getString("entity")),
                        row.getString("key")),
                after.toArray());
    }

    private static List<Object> position(Series series) {
        return List.of(series.workspace().name(), series.entity().value(), series.key());
    }

    @Override
    public void close() {
        database.close();
    }
}
