package dev.slipway.api.training;

import io.micronaut.serde.annotation.Serdeable;

/**
 * A group of runs that are compared with each other.
 *
 * @param name unique in the workspace
 */
@Serdeable
public record Experiment(String name) {}
