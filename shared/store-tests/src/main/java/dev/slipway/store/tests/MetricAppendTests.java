package dev.slipway.store.tests;

import static dev.slipway.store.tests.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.kernel.ErrorKind;
import dev.slipway.kernel.id.EntityId;
import dev.slipway.store.metric.Chunk;
import dev.slipway.store.metric.MetricStore;
import dev.slipway.store.metric.Point;
import dev.slipway.store.metric.Series;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/** Points are appended, in any order and as often as one likes. */
abstract class MetricAppendTests {
    abstract MetricStoreConformance.Fixture metrics();

    @Test
    void pointsAreReadBackInOrderWithEveryDouble() {
        List<Point> points = new ArrayList<>();
        for (double value : new double[] {
            Double.NEGATIVE_INFINITY,
            -1.5,
            -0.0,
            0.0,
            Double.MIN_VALUE,
            Double.MAX_VALUE,
            Double.POSITIVE_INFINITY,
            Double.NaN
        }) {
            points.add(new Point(3, 10, value));
        }
        points.add(0, new Point(Long.MIN_VALUE, 0, 1));
        points.add(1, new Point(-1, 5, 1));
        points.add(new Point(3, 11, 0.5));
        points.add(new Point(Long.MAX_VALUE, Long.MAX_VALUE, 2));
        List<Point> shuffled = new ArrayList<>(points);
        Collections.shuffle(shuffled, new Random(1));
        metrics().append(metrics().loss, shuffled.toArray(Point[]::new));
        assertThat(metrics().all(metrics().loss)).isEqualTo(points);
    }

    @Test
    void aRepeatedAppendIsHarmless() {
        Point one = new Point(1, 1, 1);
        Point two = new Point(2, 2, 2);
        metrics().append(metrics().loss, one, two);
        metrics().append(metrics().loss, one, two);
        metrics().append(metrics().loss, two, one, two);
        metrics().append(metrics().loss, two);
        assertThat(metrics().all(metrics().loss)).containsExactly(one, two);
    }

    @Test
    void severalValuesAtOneStepAreAllKept() {
        metrics().append(metrics().loss, new Point(1, 1, 1), new Point(1, 1, 2));
        metrics().append(metrics().loss, new Point(1, 1, 3), new Point(1, 2, 1));
        assertThat(metrics().all(metrics().loss))
                .containsExactly(new Point(1, 1, 1), new Point(1, 1, 2), new Point(1, 1, 3), new Point(1, 2, 1));
    }

    @Test
    void oneAppendMayHoldManySeries() {
        Series accuracy = new Series(metrics().here, metrics().run, "accuracy");
        Point point = new Point(1, 1, 1);
        metrics().store.append(List.of(new Chunk(metrics().loss, List.of(point)), new Chunk(accuracy, List.of(point))));
        assertThat(metrics().store.keys(metrics().here, metrics().run)).containsExactly("accuracy", "loss");
        assertThat(metrics().all(accuracy)).containsExactly(point);
    }

    @Test
    void keysAreInTheOrderOfTheirBytes() {
        List<String> keys = List.of("A", "a", "a b", "a/b", "z", "ä", "\uffee", "😀");
        List<String> shuffled = new ArrayList<>(keys);
        Collections.reverse(shuffled);
        for (String key : shuffled) {
            metrics().append(new Series(metrics().here, metrics().run, key), new Point(1, 1, 1));
        }
        assertThat(metrics().store.keys(metrics().here, metrics().run)).isEqualTo(keys);
    }

    @Test
    void otherSeriesEntitiesAndWorkspacesAreOutOfSight() {
        metrics().append(metrics().loss, new Point(1, 1, 1));
        var other = metrics().ids.next(EntityId::new);
        for (Series series : List.of(
                new Series(metrics().here, metrics().run, "los"),
                new Series(metrics().here, other, "loss"),
                new Series(metrics().elsewhere, metrics().run, "loss"))) {
            assertThat(metrics().all(series)).isEmpty();
            assertThat(metrics().store.downsample(series, 0, 10, 5)).isEmpty();
            assertThat(metrics().store.compact(series)).isZero();
        }
        assertThat(metrics().store.keys(metrics().elsewhere, metrics().run)).isEmpty();
        assertThat(metrics().store.keys(metrics().here, other)).isEmpty();
    }

    @Test
    void anAppendIsBounded() {
        List<Point> points = new ArrayList<>();
        for (int i = 0; i < MetricStore.MAX_POINTS / 2 + 1; i++) {
            points.add(new Point(i, i, i));
        }
        Chunk half = new Chunk(metrics().loss, points);
        assertRefused(() -> metrics().store.append(List.of(half, half)), ErrorKind.TOO_LARGE, "metric.too-many-points");
        assertThat(metrics().all(metrics().loss)).isEmpty();
    }

    @Test
    void namesOfSeriesAreBounded() {
        assertRefused(() -> new Series(metrics().here, metrics().run, ""), ErrorKind.INVALID, "metric.key");
        assertRefused(
                () -> new Series(metrics().here, metrics().run, "k".repeat(251)), ErrorKind.INVALID, "metric.key");
        Series longest = new Series(metrics().here, metrics().run, "😀".repeat(125));
        metrics().append(longest, new Point(1, 1, 1));
        assertThat(metrics().all(longest)).hasSize(1);
    }

    @Test
    void manyWritersLoseNothing() throws Exception {
        List<Callable<Integer>> writers = new ArrayList<>();
        for (int writer = 0; writer < 4; writer++) {
            MetricStore store = writer % 2 == 0 ? metrics().store : metrics().otherHandle;
            int first = writer * 50;
            writers.add(() -> {
                for (int i = first; i < first + 50; i++) {
                    store.append(List.of(new Chunk(metrics().loss, List.of(new Point(i, i, i)))));
                }
                return 50;
            });
        }
        Together.run(writers);
        assertThat(metrics().all(metrics().loss)).hasSize(200);
    }
}
