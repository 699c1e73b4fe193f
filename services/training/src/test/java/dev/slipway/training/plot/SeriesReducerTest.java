package dev.slipway.training.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import dev.slipway.api.training.SeriesRequest.Axis;
import dev.slipway.api.training.SeriesRequest.Method;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.store.metric.Point;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

class SeriesReducerTest {
    /** So few are kept that long series are gone through several times. */
    private static final int MAX_KEPT = 50;

    @Provide
    Arbitrary<List<Point>> series() {
        Arbitrary<Double> values = Arbitraries.frequencyOf(
                Tuple.of(6, Arbitraries.doubles().between(-10, 10)),
                Tuple.of(
                        1,
                        Arbitraries.of(
                                Double.NaN,
                                Double.POSITIVE_INFINITY,
                                Double.NEGATIVE_INFINITY,
                                Double.MAX_VALUE,
                                -Double.MAX_VALUE,
                                -0.0)));
        Arbitrary<Long> steps = Arbitraries.frequencyOf(
                Tuple.of(9, Arbitraries.longs().between(0, 100)), Tuple.of(1, Arbitraries.longs()));
        Arbitrary<Long> times = Arbitraries.longs().between(0, 50);
        return Combinators.combine(steps, times, values)
                .as(Point::new)
                .list()
                .ofMaxSize(200)
                // As the store gives them.
                .map(points -> List.copyOf(new TreeSet<>(points)));
    }

    @Property(tries = 300)
    void fewPointsStandForAll(
            @ForAll("series") List<Point> series,
            @ForAll @IntRange(min = 4, max = 40) int size,
            @ForAll Method method,
            @ForAll Axis axis,
            @ForAll @IntRange(min = 0, max = 200) int maxKept) {
        AxisOrder order = new AxisOrder(axis);
        SeriesReducer.Reduced reduced;
        try {
            reduced = new SeriesReducer(order, method, size, Math.max(maxKept, size)).reduce(series::forEach);
        } catch (SlipwayException e) {
            assertThat(e.code()).isEqualTo("metric.times");
            assertThat(method).isEqualTo(Method.LTTB);
            assertThat(axis).isEqualTo(Axis.TIME);
            return;
        }

        List<Point> points = reduced.points();
        assertThat(reduced.survey().count()).isEqualTo(series.size());
        assertThat(points)
                .hasSizeLessThanOrEqualTo(size)
                .doesNotHaveDuplicates()
                .isSubsetOf(series);
        assertThat(points).isSortedAccordingTo(order);
        List<Point> inOrder = series.stream().sorted(order).toList();
        if (series.size() <= size) {
            assertThat(points).isEqualTo(inOrder);
        } else {
            assertThat(points.get(0)).isEqualTo(inOrder.get(0));
            assertThat(points.get(points.size() - 1)).isEqualTo(inOrder.get(inOrder.size() - 1));
            assertThat(method == Method.MIN_MAX || points.size() == size).isTrue();
        }
    }

    @Property(tries = 300)
    void noPeakIsLost(
            @ForAll("series") List<Point> series, @ForAll @IntRange(min = 4, max = 40) int size, @ForAll Axis axis) {
        List<Point> points = reduce(series, Method.MIN_MAX, axis, size);

        assertThat(values(points).max()).isEqualTo(values(series).max());
        assertThat(values(points).min()).isEqualTo(values(series).min());
    }

    private static DoubleStream values(List<Point> points) {
        // Adding zero makes both zeros the same.
        return points.stream()
                .mapToDouble(Point::value)
                .filter(value -> !Double.isNaN(value))
                .map(value -> value + 0.0);
    }

    @Property(tries = 300)
    void longAndShortSeriesAreReducedAlike(
            @ForAll("series") List<Point> series,
            @ForAll @IntRange(min = 4, max = 40) int size,
            @ForAll Method method) {
        AxisOrder order = new AxisOrder(Axis.STEP);
        List<Point> kept = new SeriesReducer(order, method, size, 1000)
                .reduce(series::forEach)
                .points();
        List<Point> readAgain = new SeriesReducer(order, method, size, size)
                .reduce(series::forEach)
                .points();

        assertThat(readAgain).isEqualTo(kept);
    }

    @Property(tries = 300)
    void finiteSeriesAreReducedAsTheThesisSays(
            @ForAll List<@DoubleRange(min = -100, max = 100) Double> values,
            @ForAll @IntRange(min = 4, max = 30) int size) {
        List<Point> series = IntStream.range(0, values.size())
                .mapToObj(i -> new Point(i, 0, values.get(i)))
                .toList();

        assertThat(reduce(series, Method.LTTB, Axis.STEP, size)).isEqualTo(thesis(series, size));
    }

    /** The pseudo code of the thesis, step by step. */
    private static List<Point> thesis(List<Point> data, int threshold) {
        if (data.size() <= threshold) {
            return data;
        }
        List<List<Point>> buckets = new ArrayList<>();
        buckets.add(List.of(data.get(0)));
        double every = (double) (data.size() - 2) / (threshold - 2);
        for (int i = 0; i < threshold - 2; i++) {
            List<Point> bucket = new ArrayList<>();
            for (int index = 1; index < data.size() - 1; index++) {
                if (Math.min((int) ((index - 1) / every), threshold - 3) == i) {
                    bucket.add(data.get(index));
                }
            }
            buckets.add(bucket);
        }
        buckets.add(List.of(data.get(data.size() - 1)));
        List<Point> selected = new ArrayList<>(buckets.get(0));
        for (int i = 1; i <= threshold - 2; i++) {
            Point a = selected.get(selected.size() - 1);
            // As running means, so that rounding is the same.
            double x = 0;
            double y = 0;
            int n = 0;
            for (Point c : buckets.get(i + 1)) {
                n++;
                x += (c.step() - x) / n;
                y += (c.value() - y) / n;
            }
            Point best = null;
            double bestArea = -1;
            for (Point b : buckets.get(i)) {
                double area =
                        Math.abs((a.step() - x) * (b.value() - a.value()) - (a.step() - b.step()) * (y - a.value()));
                if (area > bestArea) {
                    best = b;
                    bestArea = area;
                }
            }
            selected.add(best);
        }
        selected.add(data.get(data.size() - 1));
        return selected;
    }

    @Example
    void aPeakAmongManyIsSeenByBothMethods() {
        List<Point> series = IntStream.range(0, 100_000)
                .mapToObj(i -> new Point(i, i, i == 77_777 ? 9 : Math.sin(i / 5000.0)))
                .toList();
        for (Method method : Method.values()) {
            assertThat(reduce(series, method, Axis.STEP, 100))
                    .hasSizeLessThanOrEqualTo(100)
                    .contains(series.get(77_777));
        }
    }

    @Example
    void aPartWithoutNumbersLeavesAGap() {
        List<Point> series = IntStream.range(0, 1000)
                .mapToObj(i -> new Point(i, i, i >= 400 && i < 600 ? Double.NaN : 1))
                .toList();
        for (Method method : Method.values()) {
            SeriesReducer.Reduced reduced =
                    new SeriesReducer(new AxisOrder(Axis.STEP), method, 20, MAX_KEPT).reduce(series::forEach);
            assertThat(reduced.survey().notFinite()).isEqualTo(200);
            assertThat(reduced.points()).anyMatch(point -> Double.isNaN(point.value()));
            assertThat(reduced.points()).anyMatch(point -> point.value() == 1);
        }
    }

    @Example
    void seriesInTimeAreSortedIfTheyAreShortEnough() {
        List<Point> series =
                IntStream.range(0, 40).mapToObj(i -> new Point(i, 1000 - i, i)).toList();
        assertThat(reduce(series, Method.LTTB, Axis.TIME, 10))
                .extracting(Point::timestamp)
                .isSorted();

        List<Point> longer =
                IntStream.range(0, 400).mapToObj(i -> new Point(i, 1000 - i, i)).toList();
        assertThat(reduce(longer, Method.MIN_MAX, Axis.TIME, 10))
                .extracting(Point::timestamp)
                .isSorted();
        assertThatExceptionOfType(SlipwayException.class)
                .isThrownBy(() -> reduce(longer, Method.LTTB, Axis.TIME, 10))
                .matches(e -> e.code().equals("metric.times"));
    }

    @Example
    void theShapeOfALineStays() {
        List<Point> series =
                IntStream.range(0, 5000).mapToObj(i -> new Point(i, i, 2 * i)).toList();
        assertThat(reduce(series, Method.LTTB, Axis.STEP, 10))
                .allSatisfy(point -> assertThat(point.value()).isCloseTo(2.0 * point.step(), within(1e-9)));
    }

    private static List<Point> reduce(List<Point> series, Method method, Axis axis, int size) {
        return new SeriesReducer(new AxisOrder(axis), method, size, MAX_KEPT)
                .reduce(series::forEach)
                .points();
    }
}
