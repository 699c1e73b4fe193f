package dev.slipway.training.loggedmodel;

import dev.slipway.api.training.LoggedModel;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.id.EntityId;
import dev.slipway.kernel.id.LoggedModelId;
import dev.slipway.runtime.entity.Change;
import dev.slipway.runtime.entity.EntityKind;
import dev.slipway.runtime.entity.FacetLayout;
import dev.slipway.store.graph.Facet;
import dev.slipway.store.graph.GraphStore;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;

/**
 * The facets of logged models. Since version 2 the least, the greatest and the first value of each metric are among them; of
 * metrics that were logged before only the latest is known, which is taken for all of these.
 */
@Singleton
final class LoggedModelFacets implements FacetLayout<LoggedModelId, LoggedModel> {
    private final GraphStore graph;
    private final MetricFacets metrics;

    LoggedModelFacets(GraphStore graph, MetricFacets metrics) {
        this.graph = graph;
        this.metrics = metrics;
    }

    @Override
    public EntityKind<LoggedModelId, LoggedModel> kind() {
        return LoggedModelKinds.MODEL;
    }

    @Override
    public int version() {
        return 2;
    }

    @Override
    public void put(Change change, List<Entity<LoggedModelId, LoggedModel>> models) {
        Map<EntityId, List<Facet>> stored = graph.facets(
                change.caller().workspace(),
                models.stream().map(model -> EntityId.of(model.id())).toList());
        for (Entity<LoggedModelId, LoggedModel> model : models) {
            LoggedModelChanges.attributes(change, model);
            metrics.told(model.id(), stored.getOrDefault(EntityId.of(model.id()), List.of())).stream()
                    .flatMap(told -> metrics.of(told.latest()).stream())
                    .forEach(facet -> LoggedModelChanges.facet(change, model, facet));
        }
    }
}
