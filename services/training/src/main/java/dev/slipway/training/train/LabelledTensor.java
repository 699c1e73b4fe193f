package dev.slipway.training.train;

import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/** Samples with their labels. The arrays are shared, not copied, as those of tensors are. */
final class LabelledTensor {
    private final Tensor samples;
    private final int[] labels;

    private LabelledTensor(Tensor samples, int[] labels) {
        this.samples = samples;
        this.labels = labels;
    }

    /** Fails with {@code training.dataset} unless samples and labels belong together. */
    static LabelledTensor of(Tensor samples, Tensor labels, List<Integer> sampleShape, int classes) {
        int count = labels.values().length;
        List<Integer> expected = new ArrayList<>(List.of(count));
        expected.addAll(sampleShape);
        if (count == 0 || !samples.shape().equals(expected)) {
            throw wrong("its samples have shape " + samples.shape() + " where " + expected + " is expected");
        }
        for (float value : samples.values()) {
            if (!Float.isFinite(value)) {
                throw wrong("its samples hold the value " + value + ", from which nothing can be learned");
            }
        }
        int[] indexes = new int[count];
        for (int i = 0; i < count; i++) {
            float label = labels.values()[i];
            indexes[i] = (int) label;
            if (indexes[i] != label || indexes[i] < 0 || indexes[i] >= classes) {
                throw wrong("label " + label + " of sample " + i + " is no index of its " + classes + " classes");
            }
        }
        return new LabelledTensor(samples, indexes);
    }

    /** The first axis counts them. */
    Tensor samples() {
        return samples;
    }

    /** The index of each sample's class. */
    int[] labels() {
        return labels;
    }

    int count() {
        return labels.length;
    }

    LabelledTensor normalised(Normalisation normalisation) {
        return new LabelledTensor(normalisation.apply(samples), labels);
    }

    /** The samples at some positions of an order, one after the other. */
    LabelledTensor pick(int[] order, int from, int to) {
        int size = samples.values().length / labels.length;
        float[] values = new float[size * (to - from)];
        int[] picked = new int[to - from];
        for (int i = from; i < to; i++) {
            System.arraycopy(samples.values(), order[i] * size, values, (i - from) * size, size);
            picked[i - from] = labels[order[i]];
        }
        List<Integer> shape = new ArrayList<>(samples.shape());
        shape.set(0, to - from);
        return new LabelledTensor(new Tensor(shape, values), picked);
    }

    private static SlipwayException wrong(String why) {
        return SlipwayException.invalid("training.dataset", "The dataset version can't be trained on: " + why + ".");
    }
}
