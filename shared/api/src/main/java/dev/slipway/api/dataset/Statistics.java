package dev.slipway.api.dataset;

import io.micronaut.serde.annotation.Serdeable;

/**
 * The values of all samples of a split together.
 */
@Serdeable
public record Statistics(float minimum, float maximum, double mean, double standardDeviation) {}
