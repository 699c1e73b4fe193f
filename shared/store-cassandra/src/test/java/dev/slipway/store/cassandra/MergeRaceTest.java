package dev.slipway.store.cassandra;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.store.metric.Point;
import dev.slipway.store.metric.Series;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Two processes merge the chunks of one series while both append to it and a third reads: nothing is ever missing. */
@ExtendWith(SharedServer.class)
@Timeout(300)
class MergeRaceTest {
    private static final int MERGES = 12;
    /** The first number of the second writer. */
    private static final long SECOND = 1_000_000;

    private final SharedServer.Running server;
    private final Series series = Points.series();
    private final AtomicBoolean done = new AtomicBoolean();

    MergeRaceTest(SharedServer.Running server) {
        this.server = server;
    }

    @Test
    void readersNeverMissAPoint() throws Exception {
        CassandraSettings settings = server.settings("races");
        ExecutorService threads = Executors.newFixedThreadPool(5);
        AtomicLong low = new AtomicLong();
        AtomicLong high = new AtomicLong(SECOND);
        try (CassandraMetricStore one = CassandraMetricStore.open(settings);
                CassandraMetricStore other = CassandraMetricStore.open(settings);
                CassandraMetricStore third = CassandraMetricStore.open(settings)) {
            Future<?> lowAppends = threads.submit(() -> appendUntilDone(one, low));
            Future<?> highAppends = threads.submit(() -> appendUntilDone(other, high));
            Future<?> reads = threads.submit(() -> readUntilDone(third, low, high));
            List<Future<?>> merges = new ArrayList<>();
            for (CassandraMetricStore merger : List.of(one, other)) {
                merges.add(threads.submit(() -> {
                    for (int merge = 0; merge < MERGES; merge++) {
                        merger.compact(series);
                    }
                }));
            }
            for (Future<?> merge : merges) {
                merge.get(2, TimeUnit.MINUTES);
            }
            done.set(true);
            for (Future<?> future : List.of(lowAppends, highAppends, reads)) {
                future.get(1, TimeUnit.MINUTES);
            }
            assertThat(Points.all(third, series)).isEqualTo(expected(low.get(), high.get()));
            assertThat(one.compact(series)).isLessThan(20);
        } finally {
            done.set(true);
            threads.shutdownNow();
        }
    }

    /** Steps go round within one window; their timestamps tell them apart. */
    private void appendUntilDone(CassandraMetricStore store, AtomicLong acknowledged) {
        while (!done.get()) {
            Points.append(store, series, List.of(point(acknowledged.get())));
            acknowledged.incrementAndGet();
        }
    }

    private static Point point(long number) {
        return new Point(number % 100, number, 0);
    }

    private void readUntilDone(CassandraMetricStore store, AtomicLong low, AtomicLong high) {
        while (!done.get()) {
            List<Point> acknowledged = expected(low.get(), high.get());
            assertThat(Points.all(store, series)).containsAll(acknowledged);
        }
    }

    private static List<Point> expected(long low, long high) {
        List<Point> points = new ArrayList<>();
        for (long number = 0; number < low; number++) {
            points.add(point(number));
        }
        for (long number = SECOND; number < high; number++) {
            points.add(point(number));
        }
        return points.stream().sorted().distinct().toList();
    }
}
