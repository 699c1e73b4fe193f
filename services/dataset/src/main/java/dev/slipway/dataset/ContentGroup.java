package dev.slipway.dataset;

import dev.slipway.kernel.Digest;
import dev.slipway.kernel.tensor.Tensor;

/**
 * The samples of one content. They go into one split together, so that nothing is tested on what it was trained on.
 *
 * @param content the digest of the sample's shape and values
 * @param classIndex the index of their label
 * @param sample of the shape that all samples of a version share
 * @param count how many samples have this content
 */
record ContentGroup(Digest content, int classIndex, Tensor sample, int count) {}
