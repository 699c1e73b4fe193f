package dev.slipway.edge.lower.algebra;

import dev.slipway.edge.graph.EdgeValue;
import java.util.List;

/**
 * A discrete Fourier transform of known length as a matrix, which TFLite multiplies by faster than its own transforms
 * run, and at any length.
 *
 * @param length how many samples are transformed
 * @param bins how many frequencies are wanted
 * @param inverse whether it is the inverse transform, which divides by the length
 */
record Fourier(int length, int bins, boolean inverse) {
    /** How many frequencies of a real signal say all about it. */
    static int uniqueBins(int length) {
        return length / 2 + 1;
    }

    /**
     * Weights of shape (bins · 2, samples · parts): what each sample, or its real and imaginary part, adds to the real and
     * the imaginary part of each frequency. Samples behind the length count nothing.
     */
    EdgeValue weights(int samples, int parts) {
        float[] weights = new float[Math.multiplyExact(bins * 2, samples * parts)];
        for (int bin = 0; bin < bins; bin++) {
            for (int sample = 0; sample < Math.min(samples, length); sample++) {
                double angle = (inverse ? 2 : -2) * Math.PI * ((long) bin * sample % length) / length;
                double scale = inverse ? 1.0 / length : 1;
                float cosine = (float) (Math.cos(angle) * scale);
                float sine = (float) (Math.sin(angle) * scale);
                int real = (2 * bin * samples + sample) * parts;
                int imaginary = ((2 * bin + 1) * samples + sample) * parts;
                weights[real] = cosine;
                weights[imaginary] = sine;
                if (parts == 2) {
                    weights[real + 1] = -sine;
                    weights[imaginary + 1] = cosine;
                }
            }
        }
        return EdgeValue.floats("fourier", List.of(bins * 2, samples * parts), weights);
    }

    /**
     * The inverse of the first half of a real signal's frequencies: weights of shape (length, bins · 2), where the other
     * half follows from the first.
     */
    static EdgeValue realInverse(int length, int bins) {
        float[] weights = new float[Math.multiplyExact(length, bins * 2)];
        for (int sample = 0; sample < length; sample++) {
            for (int bin = 0; bin < Math.min(bins, uniqueBins(length)); bin++) {
                double angle = 2 * Math.PI * ((long) bin * sample % length) / length;
                boolean single = bin == 0 || 2 * bin == length;
                double scale = (single ? 1.0 : 2.0) / length;
                weights[(sample * bins + bin) * 2] = (float) (Math.cos(angle) * scale);
                weights[(sample * bins + bin) * 2 + 1] = (float) (-Math.sin(angle) * scale);
            }
        }
        return EdgeValue.floats("fourier", List.of(length, bins * 2), weights);
    }
}
