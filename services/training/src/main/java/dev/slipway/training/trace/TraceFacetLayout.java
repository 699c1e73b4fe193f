package dev.slipway.training.trace;

import dev.slipway.kernel.Entity;
import dev.slipway.kernel.id.TraceId;
import dev.slipway.runtime.entity.Change;
import dev.slipway.runtime.entity.EntityKind;
import dev.slipway.runtime.entity.FacetLayout;
import jakarta.inject.Singleton;
import java.util.List;

/** The facets of traces. */
@Singleton
final class TraceFacetLayout implements FacetLayout<TraceId, Trace> {
    @Override
    public EntityKind<TraceId, Trace> kind() {
        return TraceKinds.TRACE;
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public void put(Change change, List<Entity<TraceId, Trace>> entities) {
        entities.forEach(trace -> TraceFacets.put(change, trace));
    }
}
