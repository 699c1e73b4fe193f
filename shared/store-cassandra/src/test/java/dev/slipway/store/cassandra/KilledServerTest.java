package dev.slipway.store.cassandra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.slipway.cassandra.server.CassandraServer;
import dev.slipway.cassandra.server.ServerKind;
import dev.slipway.kernel.ErrorKind;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.store.metric.Chunk;
import dev.slipway.store.metric.Point;
import dev.slipway.store.metric.Series;
import dev.slipway.store.tests.Refusals;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The server is killed with SIGKILL while it is written to; whatever it had acknowledged is there when it is back. */
@Timeout(600)
class KilledServerTest {
    private static final int ROUNDS = 3;
    private static final int WRITERS = 4;
    private static final int APPENDS_BETWEEN = 150;
    private static final int PATIENCE_SECONDS = 240;

    private static CassandraServer server;

    private final CountDownLatch stop = new CountDownLatch(1);
    private final AtomicInteger acknowledged = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();

    @BeforeAll
    static void start(@TempDir Path folder) {
        assumeTrue(CassandraServer.available(), CassandraServer.needed());
        server = CassandraServer.start(folder, ServerKind.DURABLE);
    }

    @AfterAll
    static void end() {
        if (server != null) {
            server.close();
        }
    }

    private static CassandraMetricStore open() {
        return CassandraMetricStore.open(
                CassandraSettings.of(List.of(server.contactPoint()), CassandraServer.DATACENTER, "killed", 1));
    }

    /** What one writer was told is written. */
    private record Written(Series series, List<Point> points) {}

    @Test
    void everyAcknowledgedPointIsThere() throws Exception {
        Series shared = Points.series();
        ExecutorService threads = Executors.newFixedThreadPool(WRITERS);
        List<Written> written = new ArrayList<>();
        try (CassandraMetricStore store = open()) {
            List<Future<Written>> writers = new ArrayList<>();
            for (int writer = 0; writer < WRITERS; writer++) {
                Series series = writer < 2 ? shared : Points.series();
                long first = writer * 10_000_000L;
                writers.add(threads.submit(() -> writeUntilStopped(store, series, first)));
            }
            for (int round = 0; round < ROUNDS; round++) {
                awaitAppends(acknowledged.get() + APPENDS_BETWEEN, writers);
                server.kill();
                server.restart();
            }
            awaitAppends(acknowledged.get() + APPENDS_BETWEEN, writers);
            stop.countDown();
            for (Future<Written> writer : writers) {
                written.add(writer.get(PATIENCE_SECONDS, TimeUnit.SECONDS));
            }
        } finally {
            stop.countDown();
            threads.shutdownNow();
        }
        assertThat(refused).as("appends that met a dead server").hasPositiveValue();
        try (CassandraMetricStore store = open()) {
            for (Written one : written) {
                assertThat(Points.all(store, one.series())).containsAll(one.points());
                assertThat(store.keys(one.series().workspace(), one.series().entity()))
                        .containsExactly("loss");
            }
        }
    }

    /** Chunks of 1 to 40 points, so that some are batched and some are not; those refused are sent again. */
    private Written writeUntilStopped(CassandraMetricStore store, Series series, long first)
            throws InterruptedException {
        List<Point> points = new ArrayList<>();
        long step = first;
        while (stop.getCount() > 0) {
            long last = step + step % 40;
            List<Point> chunk = Points.steps(step, last);
            try {
                store.append(List.of(new Chunk(series, chunk)));
                points.addAll(chunk);
                acknowledged.incrementAndGet();
                step = last + 1;
            } catch (SlipwayException e) {
                assertThat(e.kind()).isEqualTo(ErrorKind.UNAVAILABLE);
                refused.incrementAndGet();
                // A pause, so that a dead server is not asked without end.
                stop.await(50, TimeUnit.MILLISECONDS);
            }
        }
        return new Written(series, points);
    }

    private void awaitAppends(int count, List<Future<Written>> writers) throws InterruptedException {
        long begin = System.nanoTime();
        while (acknowledged.get() < count) {
            assertThat(writers).as("writers still writing").noneMatch(Future::isDone);
            assertThat(System.nanoTime() - begin).isLessThan(TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS));
            stop.await(10, TimeUnit.MILLISECONDS);
        }
    }

    @Test
    void aLostServerIsSaidToBeUnavailableAndTheStoreFindsItAgain() throws InterruptedException {
        Series series = Points.series();
        try (CassandraMetricStore store = open()) {
            Points.append(store, series, Points.steps(1, 10));
            server.kill();
            Refusals.assertRefused(
                    () -> Points.append(store, series, Points.steps(11, 20)),
                    ErrorKind.UNAVAILABLE,
                    "store.unavailable");
            Refusals.assertRefused(() -> Points.all(store, series), ErrorKind.UNAVAILABLE, "store.unavailable");
            server.restart();
            appendWhenPossible(store, series);
            assertThat(Points.all(store, series)).isEqualTo(Points.steps(1, 20));
        }
    }

    private void appendWhenPossible(CassandraMetricStore store, Series series) throws InterruptedException {
        long begin = System.nanoTime();
        while (System.nanoTime() - begin < TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS)) {
            try {
                Points.append(store, series, Points.steps(11, 20));
                return;
            } catch (SlipwayException e) {
                assertThat(e.kind()).isEqualTo(ErrorKind.UNAVAILABLE);
                stop.await(50, TimeUnit.MILLISECONDS);
            }
        }
    }
}
