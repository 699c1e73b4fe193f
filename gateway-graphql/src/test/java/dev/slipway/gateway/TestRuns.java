package dev.slipway.gateway;

import dev.slipway.api.training.AwaitPoints;
import dev.slipway.api.training.Experiment;
import dev.slipway.api.training.ExperimentTagList;
import dev.slipway.api.training.FindExperiments;
import dev.slipway.api.training.FindRuns;
import dev.slipway.api.training.MetricPoint;
import dev.slipway.api.training.ModelOutput;
import dev.slipway.api.training.NewPoints;
import dev.slipway.api.training.Param;
import dev.slipway.api.training.ReducedSeries;
import dev.slipway.api.training.Run;
import dev.slipway.api.training.RunSeries;
import dev.slipway.api.training.RunUses;
import dev.slipway.api.training.RunsApi;
import dev.slipway.api.training.SeriesPlace;
import dev.slipway.api.training.SeriesRequest;
import dev.slipway.api.training.UsedDataset;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.Page;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.id.ExperimentId;
import dev.slipway.kernel.id.LoggedModelId;
import dev.slipway.kernel.id.RunId;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;

/** What is asked of many runs, in memory: every run has one metric, {@code loss}. */
@Singleton
class TestRuns implements RunsApi {
    /** What was logged; no part of the contract, so that nobody need be known to be calling. */
    static final class Histories {
        private final Map<RunId, ConcurrentSkipListSet<MetricPoint>> points = new ConcurrentHashMap<>();

        void log(RunId run, long step, double value) {
            points.computeIfAbsent(run, id -> new ConcurrentSkipListSet<>()).add(new MetricPoint(step, step, value));
        }

        List<MetricPoint> of(RunId run) {
            return List.copyOf(points.getOrDefault(run, new ConcurrentSkipListSet<>()));
        }
    }

    static final LoggedModelId MODEL = new LoggedModelId("d".repeat(32));

    final List<FindRuns> searches = new CopyOnWriteArrayList<>();
    final AtomicBoolean ended = new AtomicBoolean();
    final Histories histories = new Histories();
    private final Calls calls;
    private final TestTraining training;

    TestRuns(Calls calls, TestTraining training) {
        this.calls = calls;
        this.training = training;
    }

    @Override
    public Page<Entity<RunId, Run>> find(FindRuns request) {
        calls.note("find");
        searches.add(request);
        return training.runs.page(request.limit(), request.cursor(), run -> true);
    }

    @Override
    public Page<Entity<ExperimentId, Experiment>> findExperiments(FindExperiments request) {
        calls.note("findExperiments");
        return training.experiments.page(request.limit(), request.cursor(), experiment -> true);
    }

    @Override
    public List<ExperimentTagList> experimentTags(List<ExperimentId> ids) {
        calls.note("experimentTags");
        return ids.stream()
                .map(id -> new ExperimentTagList(id, List.of(new Param("team", "a"))))
                .toList();
    }

    @Override
    public List<RunUses> uses(List<RunId> ids) {
        calls.note("uses");
        return ids.stream()
                .map(id -> new RunUses(
                        id,
                        List.of(new UsedDataset("digits", "d1", "local", "{}", null, "training", List.of())),
                        List.of(),
                        List.of(new ModelOutput(MODEL, 3))))
                .toList();
    }

    @Override
    public List<RunSeries> series(SeriesRequest request) {
        calls.note("series of " + request.runs().size());
        return request.runs().stream()
                .map(run -> new RunSeries(
                        run,
                        request.keys().stream().map(key -> series(run, key)).toList()))
                .toList();
    }

    private ReducedSeries series(RunId run, String key) {
        List<MetricPoint> all = key.equals("loss") ? histories.of(run) : List.of();
        SeriesPlace place = all.isEmpty() ? null : new SeriesPlace(run, key, null, all.size(), all.get(all.size() - 1));
        return new ReducedSeries(key, all.size(), 0, all, place);
    }

    /** Never waits: its caller asks again anyhow. */
    @Override
    public NewPoints await(AwaitPoints request) {
        calls.note("await");
        List<NewPoints.Tail> found = new ArrayList<>();
        boolean over = ended.get();
        for (RunId run : request.runs()) {
            if (training.runs.get(run) == null) {
                throw SlipwayException.notFound("run.unknown", "There is no run " + run + ".");
            }
            SeriesPlace place = request.places().stream()
                    .filter(known -> known.run().equals(run))
                    .findFirst()
                    .orElse(new SeriesPlace(run, "loss", null, 0, null));
            List<MetricPoint> tail = histories.of(run).stream()
                    .filter(point -> place.after() == null || point.compareTo(place.after()) > 0)
                    .limit(place.known() + (long) request.limit())
                    .toList();
            if (tail.size() > place.known()) {
                found.add(new NewPoints.Tail(run, "loss", tail));
            }
        }
        return new NewPoints(found, over && found.isEmpty());
    }
}
