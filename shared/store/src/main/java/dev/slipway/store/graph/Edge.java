package dev.slipway.store.graph;

import dev.slipway.kernel.EdgeType;
import dev.slipway.kernel.EntityRef;

/**
 * A relation between two entities. From, type and to name it: linking it again changes nothing.
 *
 * @param created UTC milliseconds
 */
public record Edge(EntityRef from, EdgeType type, EntityRef to, long created) {}
