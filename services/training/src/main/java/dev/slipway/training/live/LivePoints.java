package dev.slipway.training.live;

import dev.slipway.api.training.AwaitPoints;
import dev.slipway.api.training.MetricPoint;
import dev.slipway.api.training.NewPoints;
import dev.slipway.api.training.Run;
import dev.slipway.api.training.SeriesPlace;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.id.EntityId;
import dev.slipway.kernel.id.RunId;
import dev.slipway.runtime.caller.Callers;
import dev.slipway.store.graph.Facet;
import dev.slipway.store.metric.MetricStore;
import dev.slipway.store.metric.Point;
import dev.slipway.store.metric.Series;
import dev.slipway.training.KeyedFacets;
import dev.slipway.training.commit.LogLimits;
import dev.slipway.training.commit.RunNews;
import dev.slipway.training.run.LoggedData;
import dev.slipway.training.run.Runs;
import io.micronaut.core.annotation.Nullable;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Waits for points of runs. The latest value of each metric, which is written after its point, says whether to look at the
 * series; a series is read from a little before what the reader knows, so that points logged late are found as well.
 */
@Singleton
public final class LivePoints {
    /** What other processes write is found so soon. */
    private static final Duration POLL = Duration.ofSeconds(1);

    private final Runs runs;
    private final LoggedData data;
    private final MetricStore metrics;
    private final RunNews news;
    private final Callers callers;

    LivePoints(Runs runs, LoggedData data, MetricStore metrics, RunNews news, Callers callers) {
        this.runs = runs;
        this.data = data;
        this.metrics = metrics;
        this.news = news;
        this.callers = callers;
    }

    /**
     * What was logged beyond what is known, as soon as there is some.
     *
     * @throws SlipwayException {@code run.unknown}; {@code metric.series}; {@code run.log-interrupted}
     */
    public NewPoints await(AwaitPoints request) {
        check(request);
        KnownSeries known = new KnownSeries(request.places());
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(request.waitMillis());
        try (RunNews.Watch watch = news.watch(Set.copyOf(request.runs()))) {
            while (true) {
                long seen = watch.signal().count();
                NewPoints found = look(request, known);
                long left = deadline - System.nanoTime();
                if (found.ended() || !found.series().isEmpty() || left <= 0) {
                    return found;
                }
                watch.signal().await(seen, Duration.ofNanos(Math.min(left, POLL.toNanos())));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw SlipwayException.unavailable("run.wait-interrupted", "Interrupted while waiting for points.", e);
        }
    }

    private static void check(AwaitPoints request) {
        long keys = request.keys() == null ? 1 : request.keys().size();
        between("runs", 1, request.runs().size(), AwaitPoints.MAX_RUNS);
        between("series", 1, request.runs().size() * keys, AwaitPoints.MAX_SERIES);
        between("places", 0, request.places().size(), AwaitPoints.MAX_SERIES);
        between("points", 1, request.limit(), AwaitPoints.MAX_POINTS);
        between("milliseconds", 0, request.waitMillis(), AwaitPoints.MAX_WAIT);
        if (request.keys() != null) {
            request.keys().forEach(key -> LogLimits.checkKey("metric", key));
        }
        for (SeriesPlace place : request.places()) {
            between("known points", 0, place.known(), SeriesPlace.WINDOW);
        }
    }

    private static void between(String what, long least, long value, long most) {
        if (value < least || value > most) {
            throw SlipwayException.invalid(
                    "metric.series",
                    "Points are waited for with " + least + " to " + most + " " + what + ", not with " + value + ".");
        }
    }

    private NewPoints look(AwaitPoints request, KnownSeries known) {
        // First whether they have ended: what was logged before is then there to be read.
        boolean ended = ended(request.runs());
        Map<RunId, List<Facet>> facets = data.facets(request.runs());
        List<NewPoints.Tail> found = new ArrayList<>();
        int left = request.limit();
        int series = 0;
        for (RunId run : request.runs()) {
            for (Facet latest : KeyedFacets.metrics(facets.get(run), request.keys())) {
                if (++series > AwaitPoints.MAX_SERIES) {
                    throw SlipwayException.tooLarge(
                            "metric.series",
                            "These runs have more than " + AwaitPoints.MAX_SERIES + " metrics; name those to follow.");
                }
                SeriesPlace place = known.of(run, latest.key());
                if (left > 0 && (ended || isNews(latest, place))) {
                    List<MetricPoint> tail = tail(place, left);
                    if (tail.size() > place.known()) {
                        left -= tail.size() - place.known();
                        found.add(new NewPoints.Tail(run, latest.key(), unknown(tail, place)));
                    }
                }
            }
        }
        return new NewPoints(found, ended && found.isEmpty());
    }

    private boolean ended(List<RunId> ids) {
        List<Entity<RunId, Run>> found = runs.getAll(ids);
        for (RunId id : ids) {
            if (found.stream().noneMatch(run -> run.id().equals(id))) {
                throw SlipwayException.notFound("run.unknown", "There is no run " + id + " to follow.");
            }
        }
        return found.stream()
                .allMatch(run ->
                        run.body().deleted() != null || Runs.ends(run.body().state()));
    }

    private static boolean isNews(Facet latest, SeriesPlace place) {
        MetricPoint last = place.last();
        return last == null
                || latest.step() != last.step()
                || latest.timestamp() != last.timestamp()
                || Double.compare(latest.value().number().orElse(Double.NaN), last.value()) != 0;
    }

    private List<MetricPoint> tail(SeriesPlace place, int wanted) {
        Series series = new Series(callers.workspace(), EntityId.of(place.run()), place.key());
        return metrics
                .after(series, Optional.ofNullable(place.after()).map(LivePoints::stored), place.known() + wanted)
                .stream()
                .map(point -> new MetricPoint(point.step(), point.timestamp(), point.value()))
                .toList();
    }

    /** Without what is known, unless something was logged within it: then nobody but the reader knows which it is. */
    private static List<MetricPoint> unknown(List<MetricPoint> tail, SeriesPlace place) {
        MetricPoint last = place.last();
        List<MetricPoint> newer = last == null
                ? tail
                : tail.stream().filter(point -> point.compareTo(last) > 0).toList();
        return tail.size() - newer.size() == place.known() ? newer : tail;
    }

    private static Point stored(@Nullable MetricPoint point) {
        return new Point(point.step(), point.timestamp(), point.value());
    }
}
