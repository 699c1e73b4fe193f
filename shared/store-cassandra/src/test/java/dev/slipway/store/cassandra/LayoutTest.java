package dev.slipway.store.cassandra;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.Row;
import dev.slipway.store.metric.Point;
import dev.slipway.store.metric.Series;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Partitions stay small, whatever is written, and everything in them is found. */
@ExtendWith(SharedServer.class)
class LayoutTest {
    private static final int UNITS = 16;

    private final SharedServer.Running server;
    private CassandraSettings settings;
    private CassandraMetricStore store;
    private CqlSession session;
    private final Series series = Points.series();

    LayoutTest(SharedServer.Running server) {
        this.server = server;
    }

    @BeforeEach
    void open() {
        settings = server.settings("layout");
        store = CassandraMetricStore.open(settings, UNITS);
        CassandraErrors errors = new CassandraErrors(settings);
        session = new Connector(settings, errors, Waiting.whileOpening(errors)).connect();
    }

    @AfterEach
    void close() {
        session.close();
        store.close();
    }

    @Test
    void aBucketOfManyTinyChunksIsSplitAndReadWhole() {
        for (int step = 0; step < 100; step++) {
            Points.append(store, series, Points.steps(step, step));
        }
        List<Integer> chunks = chunksOfEachSlice();
        assertThat(chunks).hasSize(7).allMatch(count -> count <= UNITS);
        assertThat(chunks.stream().mapToInt(Integer::intValue).sum()).isEqualTo(100);
        assertThat(Points.all(store, series)).isEqualTo(Points.steps(0, 99));
        assertThat(store.downsample(series, 0, 99, 1).get(0).count()).isEqualTo(100);
        assertThat(store.range(series, 40, 60, 5, Optional.empty()).items()).isEqualTo(Points.steps(40, 44));
    }

    @Test
    void largeChunksFillASliceSooner() {
        Points.append(store, series, Points.steps(0, 16_383));
        assertThat(chunksOfEachSlice()).hasSizeGreaterThan(4);
        assertThat(Points.all(store, series)).isEqualTo(Points.steps(0, 16_383));
    }

    @Test
    void twoProcessesWriteSlicesOfTheirOwn() {
        try (CassandraMetricStore other = CassandraMetricStore.open(settings, UNITS)) {
            Points.append(store, series, Points.steps(1, 1));
            Points.append(other, series, Points.steps(2, 2));
            // The same points in both: seen once.
            Points.append(other, series, Points.steps(1, 1));
        }
        assertThat(chunksOfEachSlice()).containsExactlyInAnyOrder(1, 2);
        assertThat(Points.all(store, series)).isEqualTo(Points.steps(1, 2));
    }

    @Test
    void rangesOfManyBucketsAreReadInOrder() {
        List<Point> points = new ArrayList<>();
        for (long bucket = -20; bucket < 20; bucket++) {
            points.addAll(Points.steps(bucket << 20, (bucket << 20) + 3));
            points.addAll(Points.steps(((bucket + 1) << 20) - 4, ((bucket + 1) << 20) - 1));
        }
        Points.append(store, series, points);
        assertThat(Points.all(store, series)).isEqualTo(points);
        assertThat(store.range(series, 1L << 20, 2L << 20, 100, Optional.empty())
                        .items())
                .isEqualTo(points.stream()
                        .filter(point -> point.step() >= 1L << 20 && point.step() <= 2L << 20)
                        .toList());
        assertThat(lastStep(0, (5L << 20) - 2)).hasValue((5L << 20) - 2);
        assertThat(lastStep(0, (5L << 20) + 1000)).hasValue((5L << 20) + 3);
        assertThat(lastStep((5L << 20) + 4, (6L << 20) - 5)).isEmpty();
    }

    private OptionalLong lastStep(long from, long to) {
        var buckets = store.downsample(series, from, to, 1);
        return buckets.isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(buckets.get(buckets.size() - 1).toStep());
    }

    @Test
    void mergedChunksStayUntilNobodyReadsThemAndCountNoMore() {
        for (int step = 0; step < 40; step++) {
            Points.append(store, series, Points.steps(step, step));
        }
        assertThat(store.compact(series)).isEqualTo(1);
        // The merged chunk, and those it was made of, which leave in ten minutes.
        assertThat(secondsLeft())
                .hasSize(41)
                .filteredOn(seconds -> seconds == null)
                .hasSize(1);
        assertThat(secondsLeft()).allMatch(seconds -> seconds == null || seconds <= 600);
        assertThat(Points.all(store, series)).isEqualTo(Points.steps(0, 39));
        assertThat(store.compact(series)).isEqualTo(1);
        assertThat(secondsLeft()).hasSize(41);
    }

    @Test
    void whatTwoProcessesWroteAlikeIsLeftOnce() {
        try (CassandraMetricStore other = CassandraMetricStore.open(settings, UNITS)) {
            Points.append(store, series, Points.steps(1, 3));
            Points.append(other, series, Points.steps(1, 3));
            assertThat(other.compact(series)).isEqualTo(1);
        }
        assertThat(Points.all(store, series)).isEqualTo(Points.steps(1, 3));
    }

    @Test
    void largeChunksAreNotMerged() {
        Points.append(store, series, Points.steps(0, 1500));
        Points.append(store, series, Points.steps(1000, 2500));
        assertThat(store.compact(series)).isEqualTo(2);
    }

    @Test
    void pointsExpireWhenTheyAreToldToAndTheirIndexLater() {
        Duration time = Duration.ofDays(10);
        try (CassandraMetricStore expiring = CassandraMetricStore.open(livingFor(time), UNITS)) {
            Points.append(expiring, series, Points.steps(1, 1));
            Points.append(expiring, series, Points.steps(2, 2));
            assertThat(secondsLeft()).hasSize(2).allMatch(seconds -> isAbout(seconds, time));
            assertThat(expiring.compact(series)).isEqualTo(1);
            assertThat(secondsLeft())
                    .filteredOn(seconds -> isAbout(seconds, time))
                    .hasSize(1);
            assertThat(Points.all(expiring, series)).isEqualTo(Points.steps(1, 2));
        }
        // What lives for ever is not merged by a process whose rows expire.
        Points.append(store, series, Points.steps(3, 3));
        Points.append(store, series, Points.steps(4, 4));
        try (CassandraMetricStore expiring = CassandraMetricStore.open(livingFor(time), UNITS)) {
            assertThat(expiring.compact(series)).isEqualTo(3);
        }
        assertThat(store.compact(series)).isEqualTo(1);
        assertThat(Points.all(store, series)).isEqualTo(Points.steps(1, 4));
    }

    private CassandraSettings livingFor(Duration time) {
        return new CassandraSettings(
                settings.contactPoints(),
                settings.datacenter(),
                settings.keyspace(),
                Optional.empty(),
                Optional.empty(),
                1,
                Optional.of(time),
                false,
                4);
    }

    private static boolean isAbout(Integer seconds, Duration time) {
        return seconds != null && seconds <= time.toSeconds() && seconds > time.toSeconds() - 3600;
    }

    private List<Integer> chunksOfEachSlice() {
        return partitions().stream().map(partition -> chunks(partition).size()).toList();
    }

    /** Of each chunk; null for ever. */
    private List<Integer> secondsLeft() {
        List<Integer> seconds = new ArrayList<>();
        for (Row partition : partitions()) {
            chunks(partition).forEach(row -> seconds.add(row.get("seconds_left", Integer.class)));
        }
        return seconds;
    }

    private List<Row> partitions() {
        return session.execute(
                        "SELECT bucket, slice FROM layout.metric_slice WHERE workspace = ? AND entity = ? AND key = ?",
                        series.workspace().name(),
                        series.entity().value(),
                        series.key())
                .all();
    }

    private List<Row> chunks(Row partition) {
        return session.execute(
                        Cql.CHUNK_SIZES.text("layout"),
                        series.workspace().name(),
                        series.entity().value(),
                        series.key(),
                        partition.getLong("bucket"),
                        partition.getString("slice"))
                .all();
    }
}
