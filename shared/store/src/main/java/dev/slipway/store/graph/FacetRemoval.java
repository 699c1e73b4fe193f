package dev.slipway.store.graph;

import dev.slipway.kernel.EntityRef;

/** A facet to be taken away, whatever its value; harmless when it is not there. */
public record FacetRemoval(EntityRef entity, FacetKind kind, String key) {
    boolean isOf(FacetUpdate update) {
        return update.entity().equals(entity)
                && update.facet().kind() == kind
                && update.facet().key().equals(key);
    }
}
