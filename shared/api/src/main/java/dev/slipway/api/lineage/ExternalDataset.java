package dev.slipway.api.lineage;

import io.micronaut.serde.annotation.Serdeable;

/**
 * A dataset of another tool, as its OpenLineage events tell of it.
 *
 * @param namespace of the name, such as {@code s3://bucket}
 * @param name unique within the namespace
 * @param facets what the events said of it last, a JSON object as text, by the facets' names
 */
@Serdeable
public record ExternalDataset(String namespace, String name, String facets) {}
