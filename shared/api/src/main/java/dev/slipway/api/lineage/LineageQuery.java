package dev.slipway.api.lineage;

import dev.slipway.kernel.Direction;
import dev.slipway.kernel.EdgeType;
import dev.slipway.kernel.id.EntityId;
import io.micronaut.serde.annotation.Serdeable;
import java.util.Set;

/**
 * Asks for what lies upstream or downstream of an entity.
 *
 * @param edgeTypes only these are followed; empty for all
 * @param depth 0 to 100
 * @param limit how many nodes at most, 1 to 10,000
 */
@Serdeable
public record LineageQuery(EntityId of, Direction direction, int depth, Set<EdgeType> edgeTypes, int limit) {}
