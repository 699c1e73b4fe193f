package dev.slipway.dataset;

import dev.slipway.api.dataset.Split;
import dev.slipway.api.dataset.Statistics;
import dev.slipway.kernel.tensor.Npy;
import dev.slipway.kernel.tensor.Tensor;
import dev.slipway.store.artifact.ArtifactStore;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The arrays of one split: its samples, each as often as it came, and the indexes of their classes. */
record SplitArrays(Tensor samples, Tensor labels) {
    static SplitArrays of(List<Integer> sampleShape, List<ContentGroup> groups) {
        int count = groups.stream().mapToInt(ContentGroup::count).sum();
        int size = groups.isEmpty() ? 0 : groups.get(0).sample().values().length;
        float[] samples = new float[count * size];
        float[] labels = new float[count];
        int row = 0;
        for (ContentGroup group : groups) {
            for (int i = 0; i < group.count(); i++) {
                System.arraycopy(group.sample().values(), 0, samples, row * size, size);
                labels[row] = group.classIndex();
                row++;
            }
        }
        List<Integer> shape = new ArrayList<>(List.of(count));
        shape.addAll(sampleShape);
        return new SplitArrays(new Tensor(shape, samples), new Tensor(List.of(count), labels));
    }

    Split store(ArtifactStore artifacts, int classes) {
        List<Integer> counts = new ArrayList<>(Collections.nCopies(classes, 0));
        for (float label : labels.values()) {
            counts.set((int) label, counts.get((int) label) + 1);
        }
        return new Split(
                artifacts.put(Npy.write(samples)).digest(),
                artifacts.put(Npy.write(labels)).digest(),
                labels.rows(),
                List.copyOf(counts));
    }

    /** Of all values of all samples; the standard deviation is that of the population. */
    Statistics statistics() {
        float minimum = Float.POSITIVE_INFINITY;
        float maximum = Float.NEGATIVE_INFINITY;
        double sum = 0;
        for (float value : samples.values()) {
            minimum = Math.min(minimum, value);
            maximum = Math.max(maximum, value);
            sum += value;
        }
        double mean = sum / samples.values().length;
        double squares = 0;
        for (float value : samples.values()) {
            squares += (value - mean) * (value - mean);
        }
        return new Statistics(minimum, maximum, mean, Math.sqrt(squares / samples.values().length));
    }
}
