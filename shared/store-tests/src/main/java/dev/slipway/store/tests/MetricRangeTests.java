package dev.slipway.store.tests;

import static dev.slipway.store.tests.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.kernel.ErrorKind;
import dev.slipway.store.metric.MetricStore;
import dev.slipway.store.metric.Point;
import dev.slipway.store.metric.Series;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Ranges of points are read page by page. */
abstract class MetricRangeTests {
    abstract MetricStoreConformance.Fixture metrics();

    @Test
    void bothEndsOfARangeBelongToIt() {
        for (int step = 0; step < 10; step++) {
            metrics().append(metrics().loss, new Point(step, 0, step));
        }
        assertThat(metrics().range(metrics().loss, 3, 5, 10))
                .extracting(Point::step)
                .containsExactly(3L, 4L, 5L);
        assertThat(metrics().range(metrics().loss, 5, 5, 10)).hasSize(1);
        assertThat(metrics().range(metrics().loss, 6, 5, 10)).isEmpty();
        assertThat(metrics().range(metrics().loss, 10, 99, 10)).isEmpty();
    }

    @Test
    void pagingGivesEachPointOnceInOrderHoweverItWasAppended() {
        Random random = new Random(4);
        TreeSet<Point> expected = new TreeSet<>();
        for (int append = 0; append < 60; append++) {
            List<Point> points = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                points.add(point(random));
            }
            expected.addAll(points);
            metrics().append(metrics().loss, points.toArray(Point[]::new));
        }
        for (int limit : List.of(7, 100, MetricStore.MAX_RANGE)) {
            assertThat(metrics().range(metrics().loss, Long.MIN_VALUE, Long.MAX_VALUE, limit))
                    .as("limit %d", limit)
                    .isEqualTo(List.copyOf(expected));
        }
        assertThat(metrics().range(metrics().loss, -20_000, 20_000, 13))
                .isEqualTo(expected.stream()
                        .filter(point -> point.step() >= -20_000 && point.step() <= 20_000)
                        .toList());
    }

    @Test
    void whatStandsAfterAPlaceIsFoundWhetherOrNotThePlaceIsThere() {
        metrics()
                .append(
                        metrics().loss,
                        new Point(0, 1, 1),
                        new Point(0, 1, 2),
                        new Point(0, 2, Double.NaN),
                        new Point(20_000, 0, 3));
        List<Point> all = metrics().store.after(metrics().loss, Optional.empty(), 10);

        assertThat(all).hasSize(4).isSorted();
        for (int i = 0; i < all.size(); i++) {
            assertThat(metrics().store.after(metrics().loss, Optional.of(all.get(i)), 10))
                    .isEqualTo(all.subList(i + 1, all.size()));
        }
        assertThat(metrics().store.after(metrics().loss, Optional.of(new Point(0, 1, 1.5)), 2))
                .isEqualTo(all.subList(1, 3));
        assertThat(metrics().store.after(metrics().loss, Optional.of(new Point(-5, 0, 0)), 1))
                .isEqualTo(all.subList(0, 1));
        assertRefused(
                () -> metrics().store.after(metrics().loss, Optional.empty(), 0), ErrorKind.INVALID, "metric.limit");
    }

    /** Steps near zero, where many are equal, and far away; few timestamps and values. */
    private static Point point(Random random) {
        long step = random.nextInt(3) == 0 ? random.nextInt(5) : random.nextInt(200_000) - 100_000;
        double value = random.nextInt(8) == 0 ? Double.NaN : random.nextInt(3);
        return new Point(step, random.nextInt(2), value);
    }

    @Test
    void aCursorOfAnotherRangeIsRefused() {
        metrics().append(metrics().loss, new Point(1, 1, 1), new Point(2, 2, 2));
        Optional<String> cursor =
                metrics().page(metrics().loss, 0, 10, 1, Optional.empty()).next();
        assertThat(cursor).isPresent();
        assertThat(metrics().page(metrics().loss, 0, 10, 5, cursor).items()).containsExactly(new Point(2, 2, 2));
        Series other = new Series(metrics().here, metrics().run, "other");
        assertRefused(() -> metrics().page(metrics().loss, 0, 11, 1, cursor), ErrorKind.INVALID, "page.cursor");
        assertRefused(() -> metrics().page(other, 0, 10, 1, cursor), ErrorKind.INVALID, "page.cursor");
        assertRefused(
                () -> metrics().page(metrics().loss, 0, 10, 1, Optional.of("?")), ErrorKind.INVALID, "page.cursor");
    }

    @Test
    void pagesAreBounded() {
        for (int limit : List.of(0, -1, MetricStore.MAX_RANGE + 1)) {
            assertRefused(
                    () -> metrics().page(metrics().loss, 0, 1, limit, Optional.empty()),
                    ErrorKind.INVALID,
                    "metric.limit");
        }
    }
}
