package dev.slipway.api.training;

import io.micronaut.serde.annotation.Serdeable;

/**
 * Asks for the experiment of this name, which is made unless it is there.
 *
 * @param name 1 to 500 characters
 */
@Serdeable
public record CreateExperiment(String name) {}
