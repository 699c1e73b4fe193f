package dev.slipway.edge;

import dev.slipway.kernel.tensor.Tensor;

/** Sums up the differences of one output over several runs. */
final class ParityCounter {
    private final String name;
    private long elements;
    private double largestMagnitude;
    private double maximumError;
    private double totalError;
    private long rows;
    private long agreeing;

    ParityCounter(String name) {
        this.name = name;
    }

    void add(Tensor expected, Tensor actual) {
        if (!expected.shape().equals(actual.shape())) {
            maximumError = Double.POSITIVE_INFINITY;
            totalError = Double.POSITIVE_INFINITY;
            elements += expected.values().length;
            rows++;
            return;
        }
        for (int i = 0; i < expected.values().length; i++) {
            add(expected.values()[i], actual.values()[i]);
        }
        int length = expected.shape().isEmpty()
                ? 1
                : expected.shape().get(expected.shape().size() - 1);
        for (int from = 0; length > 0 && from < expected.values().length; from += length) {
            rows++;
            if (Tensor.greatest(expected.values(), from, length) == Tensor.greatest(actual.values(), from, length)) {
                agreeing++;
            }
        }
    }

    OutputParity result() {
        return new OutputParity(
                name,
                elements,
                largestMagnitude,
                maximumError,
                elements == 0 ? 0 : totalError / elements,
                rows == 0 ? 1 : (double) agreeing / rows);
    }

    private void add(float expected, float actual) {
        elements++;
        // Equal infinities and NaN on both sides are no difference, which subtraction would not see.
        double error = Float.compare(expected, actual) == 0 ? 0 : Math.abs((double) expected - actual);
        if (Double.isNaN(error)) {
            error = Double.POSITIVE_INFINITY;
        }
        maximumError = Math.max(maximumError, error);
        totalError += error;
        if (Float.isFinite(expected)) {
            largestMagnitude = Math.max(largestMagnitude, Math.abs(expected));
        }
    }
}
