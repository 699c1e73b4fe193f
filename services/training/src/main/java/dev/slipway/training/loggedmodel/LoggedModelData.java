package dev.slipway.training.loggedmodel;

import dev.slipway.api.training.Param;
import dev.slipway.kernel.id.EntityId;
import dev.slipway.kernel.id.LoggedModelId;
import dev.slipway.runtime.caller.Callers;
import dev.slipway.store.graph.Facet;
import dev.slipway.store.graph.FacetKind;
import dev.slipway.store.graph.GraphStore;
import dev.slipway.training.KeyedFacets;
import jakarta.inject.Singleton;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Reads what belongs to logged models: their params, their tags, and the latest of their metrics. */
@Singleton
public final class LoggedModelData {
    private final GraphStore graph;
    private final Callers callers;
    private final MetricFacets metrics;

    LoggedModelData(GraphStore graph, Callers callers, MetricFacets metrics) {
        this.graph = graph;
        this.callers = callers;
        this.metrics = metrics;
    }

    /** That of one model, by key. */
    public record Data(List<Param> params, List<Param> tags, List<ModelMetric> metrics) {}

    /** That of at most 1000 models, each of which is in the answer. */
    public Map<LoggedModelId, Data> of(List<LoggedModelId> ids) {
        Map<EntityId, List<Facet>> facets =
                graph.facets(callers.workspace(), ids.stream().map(EntityId::of).toList());
        Map<LoggedModelId, Data> data = new HashMap<>();
        ids.forEach(id -> data.put(id, data(id, facets.getOrDefault(EntityId.of(id), List.of()))));
        return data;
    }

    private Data data(LoggedModelId id, List<Facet> facets) {
        return new Data(
                KeyedFacets.texts(facets, FacetKind.PARAM),
                KeyedFacets.texts(facets, FacetKind.TAG),
                metrics.told(id, facets).stream()
                        .sorted(Comparator.comparing(
                                        (ModelMetric metric) -> metric.metric().key())
                                .thenComparing(metric -> metric.run().value()))
                        .toList());
    }

    /** The params or tags of one model. */
    Stream<Facet> of(LoggedModelId id, FacetKind kind) {
        return KeyedFacets.of(
                graph.facets(callers.workspace(), List.of(EntityId.of(id))).getOrDefault(EntityId.of(id), List.of()),
                kind);
    }
}
