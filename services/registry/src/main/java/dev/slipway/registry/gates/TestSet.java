package dev.slipway.registry.gates;

import dev.slipway.kernel.tensor.Tensor;

/**
 * The samples on which all versions of a model are judged.
 *
 * @param samples (count, …the shape of a sample)
 * @param labels (count), each the index of a class
 */
record TestSet(Tensor samples, Tensor labels) {}
