package dev.slipway.store.graph;

import dev.slipway.kernel.EntityRef;
import dev.slipway.kernel.id.EntityId;

/**
 * A facet to be set if it {@link Facet#wins} over the one that is there.
 *
 * @param entity whose facet it is
 * @param scope what searches are confined to, such as the run's experiment; the same for all facets of one entity
 */
public record FacetUpdate(EntityRef entity, EntityId scope, Facet facet) {}
