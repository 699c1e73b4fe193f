package dev.slipway.api.lineage;

import dev.slipway.kernel.EdgeType;
import dev.slipway.kernel.id.EntityId;
import io.micronaut.serde.annotation.Serdeable;

/**
 * A relation in the graph, from what was made to what it was made of.
 *
 * @param created UTC milliseconds
 */
@Serdeable
public record LineageEdge(EntityId from, EdgeType type, EntityId to, long created) {}
