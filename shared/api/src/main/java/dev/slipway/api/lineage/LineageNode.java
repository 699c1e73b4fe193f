package dev.slipway.api.lineage;

import dev.slipway.kernel.EntityRef;
import io.micronaut.serde.annotation.Serdeable;

/**
 * An entity in the graph.
 *
 * @param depth its shortest distance from the one asked for
 */
@Serdeable
public record LineageNode(EntityRef entity, int depth) {}
