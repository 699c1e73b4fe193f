package dev.slipway.conversion.child;

import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * The samples on which a conversion is verified.
 *
 * @param samples (count, …the shape of a sample)
 * @param labels (count), each the index of a class; empty for samples that nobody has labelled
 */
record TestSplit(Tensor samples, Optional<Tensor> labels) {
    private static final int RANDOM = 64;
    private static final long SEED = 1;
    private static final long MOST_VALUES = 1L << 28;

    TestSplit {
        if (samples.shape().isEmpty()
                || samples.rows() == 0
                || labels.filter(given -> given.shape().size() != 1 || given.rows() != samples.rows())
                        .isPresent()) {
            throw SlipwayException.invalid(
                    "conversion.test-split",
                    "A test split needs at least one sample and a label for each, not samples of shape "
                            + samples.shape() + " with labels of shape "
                            + labels.map(Tensor::shape) + "; commit the dataset again.");
        }
    }

    /** Samples of normally distributed values, the same each time. */
    static TestSplit random(List<Integer> sampleShape) {
        List<Integer> shape = new ArrayList<>(List.of(RANDOM));
        shape.addAll(sampleShape);
        long values = shape.stream().mapToLong(Integer::longValue).reduce(1, Math::multiplyExact);
        if (values > MOST_VALUES) {
            throw SlipwayException.tooLarge(
                    "conversion.samples", RANDOM + " random samples of shape " + sampleShape + " are too large.");
        }
        Random random = new Random(SEED);
        float[] drawn = new float[(int) values];
        for (int i = 0; i < drawn.length; i++) {
            drawn[i] = (float) random.nextGaussian();
        }
        return new TestSplit(new Tensor(shape, drawn), Optional.empty());
    }

    int count() {
        return samples.rows();
    }

    /** The labels of some of them. */
    Optional<Tensor> labels(int from, int to) {
        return labels.map(all -> all.rows(from, to));
    }
}
