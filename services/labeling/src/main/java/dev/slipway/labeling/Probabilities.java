package dev.slipway.labeling;

import dev.slipway.kernel.SlipwayException;
import java.util.Arrays;

/** How probable a model holds each class; together they make 1. */
final class Probabilities {
    private static final double ROUNDING = 1e-3;

    private final double[] values;

    private Probabilities(double[] values) {
        this.values = values;
    }

    /** Takes a model's outputs as they are if they are probabilities up to rounding, otherwise through softmax. */
    static Probabilities of(float[] outputs) {
        double[] values = new double[outputs.length];
        double sum = 0;
        boolean negative = false;
        for (int i = 0; i < outputs.length; i++) {
            if (!Float.isFinite(outputs[i])) {
                throw SlipwayException.invalid(
                        "labeling.model-output",
                        "The model answers a sample with " + outputs[i]
                                + ": it can't be used for predictions; train it again with a lower learning rate.");
            }
            values[i] = outputs[i];
            sum += outputs[i];
            negative |= outputs[i] < 0;
        }
        boolean probable = !negative && Math.abs(sum - 1) <= ROUNDING;
        return new Probabilities(probable ? scaled(values, sum) : softmax(values));
    }

    private static double[] softmax(double[] values) {
        // Subtracting the greatest keeps the exponentials from overflowing.
        double greatest = Arrays.stream(values).max().orElse(0);
        double[] exponentials =
                Arrays.stream(values).map(value -> Math.exp(value - greatest)).toArray();
        return scaled(exponentials, Arrays.stream(exponentials).sum());
    }

    private static double[] scaled(double[] values, double sum) {
        return Arrays.stream(values).map(value -> value / sum).toArray();
    }

    /** The index of the most probable class, the first of several. */
    int mostProbable() {
        int best = 0;
        for (int i = 1; i < values.length; i++) {
            best = values[i] > values[best] ? i : best;
        }
        return best;
    }

    /** The probability of class {@code index}. */
    double of(int index) {
        return values[index];
    }

    /** The entropy divided by its maximum: 0 when one class is certain, 1 when all are equally probable. */
    double uncertainty() {
        double entropy = Arrays.stream(values)
                .filter(value -> value > 0)
                .map(value -> -value * Math.log(value))
                .sum();
        return Math.max(0, Math.min(1, entropy / Math.log(values.length)));
    }
}
