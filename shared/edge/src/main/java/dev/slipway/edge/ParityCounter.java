package dev.slipway.edge;

import dev.slipway.onnx.ElementType;
import dev.slipway.onnx.OnnxTensor;

/** Sums up the differences of one output over several runs. */
final class ParityCounter {
    private final String name;
    private long elements;
    private double largestMagnitude;
    private double maximumError;
    private double totalError;
    private long rows;
    private long agreeing;
    private boolean exact;

    ParityCounter(String name) {
        this.name = name;
    }

    void add(OnnxTensor expected, OnnxTensor actual) {
        if (!expected.shape().equals(actual.shape()) || expected.type() != actual.type()) {
            maximumError = Double.POSITIVE_INFINITY;
            totalError = Double.POSITIVE_INFINITY;
            elements += expected.size();
            rows++;
            return;
        }
        double[] wanted = EdgeTensors.numbers(expected);
        double[] got = EdgeTensors.numbers(actual);
        exact = !isFloating(expected.type());
        for (int i = 0; i < wanted.length; i++) {
            add(wanted[i], got[i]);
        }
        int length = expected.shape().isEmpty()
                ? 1
                : expected.shape().get(expected.shape().size() - 1);
        for (int from = 0; length > 0 && from < wanted.length; from += length) {
            rows++;
            if (greatest(wanted, from, length) == greatest(got, from, length)) {
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
                rows == 0 ? 1 : (double) agreeing / rows,
                exact);
    }

    private static boolean isFloating(ElementType type) {
        return switch (type) {
            case FLOAT32, FLOAT16, BFLOAT16, FLOAT64 -> true;
            default -> false;
        };
    }

    /** Where the greatest element of a row stands; the first, if several are. */
    private static int greatest(double[] values, int from, int length) {
        int greatest = from;
        for (int i = from + 1; i < from + length; i++) {
            if (values[i] > values[greatest]) {
                greatest = i;
            }
        }
        return greatest;
    }

    private void add(double expected, double actual) {
        elements++;
        // Equal infinities and NaN on both sides are no difference, which subtraction would not see.
        double error = expected == actual || Double.compare(expected, actual) == 0 ? 0 : Math.abs(expected - actual);
        if (Double.isNaN(error)) {
            error = Double.POSITIVE_INFINITY;
        }
        maximumError = Math.max(maximumError, error);
        totalError += error;
        if (Double.isFinite(expected)) {
            largestMagnitude = Math.max(largestMagnitude, Math.abs(expected));
        }
    }
}
