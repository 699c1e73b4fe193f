package dev.slipway.api.training;

import io.micronaut.serde.annotation.Serdeable;

/**
 * How to train.
 *
 * @param epochs 1 to 1000
 * @param batchSize 1 to 4096
 * @param learningRate of the Adam optimiser
 * @param seed of the weights, the order of samples and dropout
 */
@Serdeable
public record Hyperparameters(int epochs, int batchSize, float learningRate, long seed) {
    public static final Hyperparameters DEFAULT = new Hyperparameters(25, 32, 0.002f, 42);
}
