package dev.slipway.training.plot;

import dev.slipway.api.training.MetricPoint;
import dev.slipway.api.training.ReducedSeries;
import dev.slipway.api.training.RunSeries;
import dev.slipway.api.training.SeriesPlace;
import dev.slipway.api.training.SeriesRequest;
import dev.slipway.api.training.SeriesRequest.Axis;
import dev.slipway.kernel.Page;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.id.EntityId;
import dev.slipway.kernel.id.RunId;
import dev.slipway.runtime.caller.Callers;
import dev.slipway.store.metric.MetricStore;
import dev.slipway.store.metric.Point;
import dev.slipway.store.metric.Series;
import dev.slipway.training.commit.LogLimits;
import dev.slipway.training.run.Runs;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Reads the metrics of runs for plots, in memory bounded however long their histories are. */
@Singleton
public final class PlotSeries {
    /** So many points are read for one answer. */
    private static final long MAX_READ = 50_000_000;

    private final Runs runs;
    private final MetricStore metrics;
    private final Callers callers;

    PlotSeries(Runs runs, MetricStore metrics, Callers callers) {
        this.runs = runs;
        this.metrics = metrics;
        this.callers = callers;
    }

    /**
     * The series of the runs that exist, in the order asked for.
     *
     * @throws SlipwayException {@code metric.series}; {@code run.key}; {@code metric.too-many-points}; {@code metric.times}
     */
    public List<RunSeries> of(SeriesRequest request) {
        check(request);
        SeriesReducer reducer =
                new SeriesReducer(new AxisOrder(request.axis()), request.method(), request.points(), Survey.MAX_KEPT);
        Budget budget = new Budget();
        return runs.getAll(request.runs()).stream()
                .map(run -> new RunSeries(
                        run.id(),
                        request.keys().stream()
                                .distinct()
                                .map(key -> series(request, run.id(), key, reducer, budget))
                                .toList()))
                .toList();
    }

    private static void check(SeriesRequest request) {
        long series = (long) request.runs().size() * request.keys().size();
        between("runs", 1, request.runs().size(), SeriesRequest.MAX_RUNS);
        between("keys", 1, request.keys().size(), SeriesRequest.MAX_KEYS);
        between("points", SeriesRequest.MIN_POINTS, request.points(), SeriesRequest.MAX_POINTS);
        if (series * request.points() > SeriesRequest.MAX_ALL_POINTS) {
            throw SlipwayException.tooLarge(
                    "metric.series",
                    series + " series of " + request.points() + " points are more than the "
                            + SeriesRequest.MAX_ALL_POINTS + " points of one answer; ask for fewer.");
        }
        request.keys().forEach(key -> LogLimits.checkKey("metric", key));
    }

    private static void between(String what, int least, int value, int most) {
        if (value < least || value > most) {
            throw SlipwayException.invalid(
                    "metric.series",
                    "Series are told with " + least + " to " + most + " " + what + ", not with " + value + ".");
        }
    }

    private ReducedSeries series(SeriesRequest request, RunId run, String key, SeriesReducer reducer, Budget budget) {
        Series series = new Series(callers.workspace(), EntityId.of(run), key);
        SeriesReducer.Reduced reduced = reducer.reduce(source(request, series, budget));
        Survey survey = reduced.survey();
        boolean whole = request.from() == null && request.to() == null && survey.count() > 0;
        return new ReducedSeries(
                key,
                survey.count(),
                survey.notFinite(),
                reduced.points().stream().map(PlotSeries::told).toList(),
                whole ? place(run, key, survey.tail()) : null);
    }

    private PointSource source(SeriesRequest request, Series series, Budget budget) {
        long from = request.from() == null ? Long.MIN_VALUE : request.from();
        long to = request.to() == null ? Long.MAX_VALUE : request.to();
        if (request.axis() == Axis.STEP) {
            return action -> read(series, from, to, budget, action);
        }
        return action -> read(series, Long.MIN_VALUE, Long.MAX_VALUE, budget, point -> {
            if (point.timestamp() >= from && point.timestamp() <= to) {
                action.accept(point);
            }
        });
    }

    private void read(Series series, long fromStep, long toStep, Budget budget, Consumer<Point> action) {
        Optional<String> next = Optional.empty();
        do {
            Page<Point> page = metrics.range(series, fromStep, toStep, MetricStore.MAX_RANGE, next);
            budget.take(page.items().size());
            page.items().forEach(action);
            next = page.next();
        } while (next.isPresent());
    }

    private static SeriesPlace place(RunId run, String key, List<Point> tail) {
        boolean more = tail.size() > SeriesPlace.WINDOW;
        return new SeriesPlace(
                run,
                key,
                more ? told(tail.get(0)) : null,
                Math.min(tail.size(), SeriesPlace.WINDOW),
                told(tail.get(tail.size() - 1)));
    }

    private static MetricPoint told(Point point) {
        return new MetricPoint(point.step(), point.timestamp(), point.value());
    }

    /** How much may still be read. */
    private static final class Budget {
        private long left = MAX_READ;

        void take(int points) {
            left -= points;
            if (left < 0) {
                throw SlipwayException.tooLarge(
                        "metric.too-many-points",
                        "More than " + MAX_READ
                                + " points would have to be read for these series; ask for fewer series or a range.");
            }
        }
    }
}
