package dev.slipway.training.run;

import dev.slipway.api.training.Metric;
import dev.slipway.api.training.RunData;
import dev.slipway.kernel.id.EntityId;
import dev.slipway.kernel.id.RunId;
import dev.slipway.runtime.caller.Callers;
import dev.slipway.store.graph.Facet;
import dev.slipway.store.graph.FacetKind;
import dev.slipway.store.graph.GraphStore;
import dev.slipway.training.KeyedFacets;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads what was logged to runs: their params, their tags and the latest values of their metrics, all by key. */
@Singleton
public final class LoggedData {
    private final GraphStore graph;
    private final Runs runs;
    private final Callers callers;

    LoggedData(GraphStore graph, Runs runs, Callers callers) {
        this.graph = graph;
        this.runs = runs;
        this.callers = callers;
    }

    /** That of the runs which exist, in the order asked for. */
    public List<RunData> of(List<RunId> ids) {
        List<RunId> known = runs.getAll(ids).stream().map(run -> run.id()).toList();
        return facets(known).entrySet().stream()
                .map(run -> data(run.getKey(), run.getValue()))
                .toList();
    }

    /** All facets of each of at most 1000 runs, in the order asked for; they also tell what the runs used and made. */
    public Map<RunId, List<Facet>> facets(List<RunId> ids) {
        Map<EntityId, List<Facet>> found =
                graph.facets(callers.workspace(), ids.stream().map(EntityId::of).toList());
        Map<RunId, List<Facet>> facets = new LinkedHashMap<>();
        ids.forEach(id -> facets.put(id, found.getOrDefault(EntityId.of(id), List.of())));
        return facets;
    }

    /** What a run's facets say was logged to it. */
    public static RunData data(RunId run, List<Facet> facets) {
        return new RunData(
                run,
                KeyedFacets.texts(facets, FacetKind.PARAM),
                KeyedFacets.texts(facets, FacetKind.TAG),
                KeyedFacets.of(facets, FacetKind.METRIC)
                        .map(facet -> new Metric(
                                facet.key(),
                                facet.value().number().orElse(Double.NaN),
                                facet.timestamp(),
                                facet.step()))
                        .toList());
    }
}
