package dev.slipway.training.run;

import dev.slipway.api.training.Metric;
import dev.slipway.api.training.Param;
import dev.slipway.api.training.RunData;
import dev.slipway.kernel.id.EntityId;
import dev.slipway.kernel.id.RunId;
import dev.slipway.runtime.caller.Callers;
import dev.slipway.store.graph.Facet;
import dev.slipway.store.graph.FacetKind;
import dev.slipway.store.graph.GraphStore;
import jakarta.inject.Singleton;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

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
        Map<RunId, RunData> logged = logged(known);
        return known.stream().map(logged::get).toList();
    }

    /** That of at most 1000 runs. */
    public Map<RunId, RunData> logged(List<RunId> ids) {
        Map<EntityId, List<Facet>> facets =
                graph.facets(callers.workspace(), ids.stream().map(EntityId::of).toList());
        Map<RunId, RunData> logged = new HashMap<>();
        ids.forEach(id -> logged.put(id, data(id, facets.getOrDefault(EntityId.of(id), List.of()))));
        return logged;
    }

    private static RunData data(RunId run, List<Facet> facets) {
        return new RunData(
                run,
                texts(facets, FacetKind.PARAM),
                texts(facets, FacetKind.TAG),
                of(facets, FacetKind.METRIC)
                        .map(facet -> new Metric(
                                facet.key(),
                                facet.value().number().orElse(Double.NaN),
                                facet.timestamp(),
                                facet.step()))
                        .toList());
    }

    private static List<Param> texts(List<Facet> facets, FacetKind kind) {
        return of(facets, kind)
                .map(facet -> new Param(facet.key(), facet.value().text()))
                .toList();
    }

    private static Stream<Facet> of(List<Facet> facets, FacetKind kind) {
        return facets.stream().filter(facet -> facet.kind() == kind).sorted(Comparator.comparing(Facet::key));
    }
}
