package dev.slipway.training.loggedmodel;

import dev.slipway.api.training.LoggedModel;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.id.LoggedModelId;
import dev.slipway.runtime.entity.Change;
import dev.slipway.runtime.entity.Entities;
import dev.slipway.store.graph.Facet;
import dev.slipway.store.graph.FacetKind;
import dev.slipway.training.commit.LogLimits;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Logs metrics to logged models. */
@Singleton
public final class LoggedModelMetrics {
    private final Entities entities;
    private final LoggedModels models;
    private final MetricFacets facets;

    LoggedModelMetrics(Entities entities, LoggedModels models, MetricFacets facets) {
        this.entities = entities;
        this.models = models;
        this.facets = facets;
    }

    private record FacetName(LoggedModelId model, FacetKind kind, String key) {}

    /** Keeps the latest of each; all or, when one names an unknown model, none. */
    public void log(List<ModelMetric> metrics) {
        Map<LoggedModelId, Entity<LoggedModelId, LoggedModel>> known = new LinkedHashMap<>();
        Map<FacetName, Facet> latest = new LinkedHashMap<>();
        for (ModelMetric metric : metrics) {
            LogLimits.checkMetric(metric.metric());
            known.computeIfAbsent(metric.model(), models::get);
            for (Facet facet : facets.of(metric)) {
                latest.merge(
                        new FacetName(metric.model(), facet.kind(), facet.key()),
                        facet,
                        (old, next) -> next.wins(old) ? next : old);
            }
        }
        Change change = entities.change();
        latest.forEach((name, facet) -> LoggedModelChanges.facet(change, known.get(name.model()), facet));
        change.commit();
    }
}
