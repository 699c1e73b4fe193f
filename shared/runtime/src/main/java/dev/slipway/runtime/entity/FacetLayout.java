package dev.slipway.runtime.entity;

import dev.slipway.kernel.Entity;
import dev.slipway.kernel.id.Id;
import java.util.List;

/**
 * Which facets a service gives to the entities of a type that it owns. A bean of each type that searches walk: entities that
 * were written before there were such facets get them in the background ({@link FacetBackfill}).
 */
public interface FacetLayout<I extends Id, B> {
    EntityKind<I, B> kind();

    /** From 1; one more when {@link #put} makes facets that it did not make before, so that older entities get these too. */
    int version();

    /** Puts the facets that follow from the entities, at most 1000, into a change, just as whoever writes one does. */
    void put(Change change, List<Entity<I, B>> entities);
}
