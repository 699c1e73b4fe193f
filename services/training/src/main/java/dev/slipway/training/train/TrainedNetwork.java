package dev.slipway.training.train;

import dev.slipway.kernel.tensor.Tensor;
import java.util.List;
import java.util.Optional;

/**
 * The weights of the best epoch.
 *
 * @param weights layer by layer
 * @param validationProbabilities what the network itself says of the validation samples with these weights, (count,
 *     classes)
 */
record TrainedNetwork(EpochResult best, List<Optional<Weights>> weights, Tensor validationProbabilities) {}
