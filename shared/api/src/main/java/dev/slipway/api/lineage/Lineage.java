package dev.slipway.api.lineage;

import io.micronaut.serde.annotation.Serdeable;
import java.util.List;

/**
 * A part of the lineage graph.
 *
 * @param nodes the entity asked for first, then by distance
 * @param truncated whether nodes within the depth were left out because of the limit
 */
@Serdeable
public record Lineage(List<LineageNode> nodes, List<LineageEdge> edges, boolean truncated) {}
