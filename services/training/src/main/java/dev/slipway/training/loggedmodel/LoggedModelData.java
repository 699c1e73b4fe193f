package dev.slipway.training.loggedmodel;

import dev.slipway.api.training.Metric;
import dev.slipway.api.training.Param;
import dev.slipway.kernel.id.EntityId;
import dev.slipway.kernel.id.LoggedModelId;
import dev.slipway.runtime.caller.Callers;
import dev.slipway.store.graph.Facet;
import dev.slipway.store.graph.FacetKind;
import dev.slipway.store.graph.GraphStore;
import dev.slipway.store.metric.MetricStore;
import dev.slipway.store.metric.Series;
import dev.slipway.training.KeyedFacets;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads what belongs to logged models: their params, their tags, and their metrics. */
@Singleton
public final class LoggedModelData {
    private static final Comparator<ModelMetric> IN_ORDER = Comparator.comparing(
                    (ModelMetric metric) -> metric.metric().key())
            .thenComparing(metric -> metric.run().value())
            .thenComparing(metric -> metric.metric().step())
            .thenComparing(metric -> metric.metric().timestamp());

    /** So many points of one run and data set are told, and of all models together, beside the latest. */
    private static final int MOST_POINTS = 1000;

    private static final int MOST_OF_ALL = 50_000;

    private final GraphStore graph;
    private final MetricStore store;
    private final Callers callers;
    private final MetricFacets metrics;

    LoggedModelData(GraphStore graph, MetricStore store, Callers callers, MetricFacets metrics) {
        this.store = store;
        this.graph = graph;
        this.callers = callers;
        this.metrics = metrics;
    }

    /** That of one model, by key. */
    public record Data(List<Param> params, List<Param> tags, List<ModelMetric> metrics) {}

    /** That of at most 1000 models, each of which is in the answer, with the latest metrics of each run and data set. */
    public Map<LoggedModelId, Data> of(List<LoggedModelId> ids) {
        return read(ids, told -> Stream.of(told.latest()));
    }

    /**
     * The same with all that was measured, as far as it is not too much: of each run and data set the first {@value
     * #MOST_POINTS} and the latest, and beyond {@value #MOST_OF_ALL} in all only the latest.
     */
    public Map<LoggedModelId, Data> wholeOf(List<LoggedModelId> ids) {
        int[] left = {MOST_OF_ALL};
        return read(ids, told -> {
            if (told.isOne() || left[0] <= 0) {
                return Stream.of(told.latest());
            }
            List<ModelMetric> points = points(told, Math.min(left[0], MOST_POINTS));
            left[0] -= points.size();
            return points.stream();
        });
    }

    /** Both ends are among them, also those of before there was a series. */
    private List<ModelMetric> points(MetricFacets.Told told, int most) {
        ModelMetric latest = told.latest();
        Series series = new Series(callers.workspace(), EntityId.of(latest.model()), MetricFacets.series(latest));
        List<ModelMetric> points = store.after(series, Optional.empty(), most).stream()
                .map(point -> new ModelMetric(
                        latest.model(),
                        latest.run(),
                        new Metric(latest.metric().key(), point.value(), point.timestamp(), point.step()),
                        latest.dataset()))
                .collect(Collectors.toCollection(ArrayList::new));
        Stream.of(told.first(), latest).filter(end -> !points.contains(end)).forEach(points::add);
        return points;
    }

    private Map<LoggedModelId, Data> read(
            List<LoggedModelId> ids, Function<MetricFacets.Told, Stream<ModelMetric>> points) {
        Map<EntityId, List<Facet>> facets =
                graph.facets(callers.workspace(), ids.stream().map(EntityId::of).toList());
        Map<LoggedModelId, Data> data = new HashMap<>();
        ids.forEach(id -> {
            List<Facet> own = facets.getOrDefault(EntityId.of(id), List.of());
            data.put(
                    id,
                    new Data(
                            KeyedFacets.texts(own, FacetKind.PARAM),
                            KeyedFacets.texts(own, FacetKind.TAG),
                            metrics.told(id, own).stream()
                                    .flatMap(points)
                                    .sorted(IN_ORDER)
                                    .toList()));
        });
        return data;
    }

    /** The params or tags of one model. */
    Stream<Facet> of(LoggedModelId id, FacetKind kind) {
        return KeyedFacets.of(
                graph.facets(callers.workspace(), List.of(EntityId.of(id))).getOrDefault(EntityId.of(id), List.of()),
                kind);
    }
}
