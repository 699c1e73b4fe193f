package dev.slipway.conversion.child;

import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.tensor.Tensor;

/**
 * The samples on which a conversion is verified.
 *
 * @param samples (count, …the shape of a sample)
 * @param labels (count), each the index of a class
 */
record TestSplit(Tensor samples, Tensor labels) {
    TestSplit {
        if (samples.shape().isEmpty()
                || samples.rows() == 0
                || labels.shape().size() != 1
                || labels.rows() != samples.rows()) {
            throw SlipwayException.invalid(
                    "conversion.test-split",
                    "A test split needs at least one sample and a label for each, not samples of shape "
                            + samples.shape() + " with labels of shape " + labels.shape()
                            + "; commit the dataset again.");
        }
    }

    int count() {
        return samples.rows();
    }
}
