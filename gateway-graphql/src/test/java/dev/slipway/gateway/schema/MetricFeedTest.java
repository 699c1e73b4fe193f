package dev.slipway.gateway.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.slipway.api.training.MetricPoint;
import dev.slipway.api.training.NewPoints;
import dev.slipway.api.training.SeriesPlace;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.id.RunId;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class MetricFeedTest {
    private static final RunId RUN = new RunId("a".repeat(32));

    /** A store of one series, of which a reader is told as the contract says. */
    private static final class Store {
        private final TreeSet<MetricPoint> points = new TreeSet<>();

        NewPoints after(List<SeriesPlace> places, int limit) {
            SeriesPlace place = places.isEmpty() ? new SeriesPlace(RUN, "loss", null, 0, null) : places.get(0);
            List<MetricPoint> tail = points.stream()
                    .filter(point -> place.after() == null || point.compareTo(place.after()) > 0)
                    .limit(place.known() + (long) limit)
                    .toList();
            if (tail.size() <= place.known()) {
                return new NewPoints(List.of(), false);
            }
            List<MetricPoint> newer = tail.stream()
                    .filter(point -> place.last() == null || point.compareTo(place.last()) > 0)
                    .toList();
            boolean late = tail.size() - newer.size() != place.known();
            return new NewPoints(List.of(new NewPoints.Tail(RUN, "loss", late ? tail : newer)), false);
        }
    }

    @Provide
    Arbitrary<List<MetricPoint>> logged() {
        // At most 240 places apart, so that what comes late is within the window.
        return Combinators.combine(
                        Arbitraries.longs().between(0, 240),
                        Arbitraries.longs().between(0, 2),
                        Arbitraries.of(0.0, 1.0, Double.NaN, Double.POSITIVE_INFINITY))
                .as((step, time, value) -> new MetricPoint(step, time, value))
                .list()
                .ofMaxSize(250);
    }

    @Property(tries = 200)
    void everyPointIsToldOnceInWhateverOrderTheyCome(
            @ForAll("logged") List<MetricPoint> logged,
            @ForAll @IntRange(min = 1, max = 40) int at,
            @ForAll @IntRange(min = 1, max = 50) int limit) {
        Store store = new Store();
        MetricFeed feed = new MetricFeed(List.of());
        List<MetricPoint> told = new ArrayList<>();
        for (int i = 0; i < logged.size(); i++) {
            store.points.add(logged.get(i));
            if (i % at == 0) {
                look(store, feed, limit, told);
            }
        }
        while (look(store, feed, limit, told)) {
            // There is more.
        }

        assertThat(told).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(store.points);
    }

    @Property(tries = 200)
    void nothingIsLostAcrossABreak(
            @ForAll("logged") List<MetricPoint> before, @ForAll("logged") List<MetricPoint> after) {
        Store store = new Store();
        store.points.addAll(before);
        List<MetricPoint> told = new ArrayList<>();
        MetricFeed first = new MetricFeed(List.of());
        look(store, first, 1000, told);
        List<SeriesPlace> kept = first.places().stream()
                .map(place -> SeriesCursor.read(SeriesCursor.write(place)))
                .toList();
        assertThat(kept).isEqualTo(first.places());

        store.points.addAll(after);
        look(store, new MetricFeed(kept), 1000, told);

        assertThat(told).containsAll(store.points);
        boolean late = !before.isEmpty()
                && after.stream()
                        .anyMatch(
                                point -> point.compareTo(new TreeSet<>(before).last()) <= 0 && !before.contains(point));
        if (!late) {
            assertThat(told).doesNotHaveDuplicates();
        }
    }

    private static boolean look(Store store, MetricFeed feed, int limit, List<MetricPoint> told) {
        MetricFeed.Update update = feed.take(store.after(feed.places(), limit));
        update.series().forEach(news -> told.addAll(news.points()));
        return !update.series().isEmpty();
    }

    @Example
    void whatIsNoCursorIsRefused() {
        SeriesPlace place = new SeriesPlace(RUN, "loss", null, 1, new MetricPoint(1, 1, Double.NaN));
        String cursor = SeriesCursor.write(place);
        assertThat(SeriesCursor.read(cursor)).isEqualTo(place);
        SeriesPlace hostile = new SeriesPlace(RUN, "loss", null, 100_000, new MetricPoint(1, 1, 1));
        for (String other : List.of(
                "",
                "?",
                "AAAA",
                cursor.substring(0, 40),
                "B" + cursor.substring(1),
                SeriesCursor.write(hostile),
                "A".repeat(10_000))) {
            assertThatExceptionOfType(SlipwayException.class)
                    .isThrownBy(() -> SeriesCursor.read(other))
                    .matches(e -> e.code().equals("graphql.cursor"));
        }
    }
}
