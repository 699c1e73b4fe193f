package dev.slipway.training.train;

import dev.slipway.api.dataset.Statistics;
import dev.slipway.kernel.tensor.Tensor;

/**
 * Brings raw samples to mean 0 and standard deviation 1: {@code (x - mean) * factor}. It is part of the exported model, which
 * thus takes raw samples.
 */
record Normalisation(float mean, float factor) {

    static Normalisation of(Statistics statistics) {
        double deviation = statistics.standardDeviation();
        // Samples that are all alike, or too nearly so, are only shifted.
        double factor = deviation > 1e-12 && Double.isFinite(deviation) ? 1 / deviation : 1;
        return new Normalisation((float) statistics.mean(), (float) factor);
    }

    Tensor apply(Tensor raw) {
        float[] values = raw.values().clone();
        for (int i = 0; i < values.length; i++) {
            values[i] = (values[i] - mean) * factor;
        }
        return new Tensor(raw.shape(), values);
    }
}
