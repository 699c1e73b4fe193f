package dev.slipway.training.loggedmodel;

import dev.slipway.api.training.LoggedModel;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.id.EntityId;
import dev.slipway.kernel.id.LoggedModelId;
import dev.slipway.runtime.entity.Change;
import dev.slipway.runtime.entity.Entities;
import dev.slipway.store.graph.Facet;
import dev.slipway.store.graph.FacetKind;
import dev.slipway.store.metric.Chunk;
import dev.slipway.store.metric.MetricStore;
import dev.slipway.store.metric.Point;
import dev.slipway.store.metric.Series;
import dev.slipway.training.commit.LogLimits;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Logs metrics to logged models. */
@Singleton
public final class LoggedModelMetrics {
    private final Entities entities;
    private final LoggedModels models;
    private final MetricFacets facets;
    private final MetricStore store;

    LoggedModelMetrics(Entities entities, LoggedModels models, MetricFacets facets, MetricStore store) {
        this.entities = entities;
        this.store = store;
        this.models = models;
        this.facets = facets;
    }

    private record FacetName(LoggedModelId model, FacetKind kind, String key) {}

    private record SeriesName(LoggedModelId model, String name) {}

    /** Keeps all of them or, when one names an unknown model, none; repeating it is harmless. */
    public void log(List<ModelMetric> metrics) {
        Map<LoggedModelId, Entity<LoggedModelId, LoggedModel>> known = new LinkedHashMap<>();
        Map<FacetName, Facet> latest = new LinkedHashMap<>();
        Map<SeriesName, List<Point>> points = new LinkedHashMap<>();
        for (ModelMetric metric : metrics) {
            LogLimits.checkMetric(metric.metric());
            known.computeIfAbsent(metric.model(), models::get);
            points.computeIfAbsent(
                            new SeriesName(metric.model(), MetricFacets.series(metric)), name -> new ArrayList<>())
                    .add(new Point(
                            metric.metric().step(),
                            metric.metric().timestamp(),
                            metric.metric().value()));
            for (Facet facet : facets.of(metric)) {
                latest.merge(
                        new FacetName(metric.model(), facet.kind(), facet.key()),
                        facet,
                        (old, next) -> next.wins(old) ? next : old);
            }
        }
        Change change = entities.change();
        if (!points.isEmpty()) {
            List<Chunk> chunks = new ArrayList<>();
            points.forEach((name, its) -> chunks.add(
                    new Chunk(new Series(change.caller().workspace(), EntityId.of(name.model()), name.name()), its)));
            store.append(chunks);
        }
        latest.forEach((name, facet) -> LoggedModelChanges.facet(change, known.get(name.model()), facet));
        change.commit();
    }
}
