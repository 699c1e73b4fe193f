package dev.slipway.api.dataset;

import io.micronaut.serde.annotation.Serdeable;

/**
 * Asks for the dataset of this name, which is made unless it is there.
 *
 * @param name 1 to 200 characters
 */
@Serdeable
public record CreateDataset(String name) {}
