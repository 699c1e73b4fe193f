package dev.slipway.api.dataset;

import io.micronaut.serde.annotation.Serdeable;

/**
 * A dataset: a named sequence of versions.
 *
 * @param name unique in the workspace
 * @param versions how many it has
 */
@Serdeable
public record Dataset(String name, int versions) {}
