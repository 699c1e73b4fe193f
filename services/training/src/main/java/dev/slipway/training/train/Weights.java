package dev.slipway.training.train;

import dev.slipway.kernel.tensor.Tensor;

/** What one layer has learned. */
record Weights(Tensor weight, Tensor bias) {}
