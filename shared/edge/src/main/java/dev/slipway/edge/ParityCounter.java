package dev.slipway.edge;

import dev.slipway.onnx.ElementType;
import dev.slipway.onnx.OnnxTensor;
import java.nio.ByteBuffer;

/** Sums up the differences of one tensor over several runs. */
final class ParityCounter {
    private static final double DECIBELS = 10;

    private final String name;
    private ElementType type = ElementType.FLOAT32;
    private long elements;
    private double largestMagnitude;
    private double maximumError;
    private double totalError;
    private double signal;
    private double noise;
    private double other;
    private double product;
    private long rows;
    private long agreeing;

    ParityCounter(String name) {
        this.name = name;
    }

    /** Adds a run; another type than the expected one is an infinite error. */
    void add(OnnxTensor expected, OnnxTensor actual) {
        add(expected, actual, expected.type() == actual.type());
    }

    /** Adds a run whose numbers may be held in another type. */
    void addNumbers(OnnxTensor expected, OnnxTensor actual) {
        add(expected, actual, true);
    }

    private void add(OnnxTensor expected, OnnxTensor actual, boolean comparable) {
        type = expected.type();
        if (!comparable || !expected.shape().equals(actual.shape())) {
            maximumError = Double.POSITIVE_INFINITY;
            totalError = Double.POSITIVE_INFINITY;
            noise = Double.POSITIVE_INFINITY;
            elements += expected.size();
            rows++;
            return;
        }
        int rank = expected.shape().size();
        int length = rank == 0 ? 1 : expected.shape().get(rank - 1);
        ByteBuffer wanted = expected.data();
        ByteBuffer got = actual.data();
        for (int left = expected.size(); left > 0; left -= length) {
            addRow(wanted, got, actual.type(), length);
        }
        // Numbers beyond 2⁵³ are rounded on the way, so integers are told apart by their bytes.
        if (result().exact()
                && maximumError == 0
                && expected.type() == actual.type()
                && !expected.data().equals(actual.data())) {
            maximumError = 1;
        }
    }

    private void addRow(ByteBuffer wanted, ByteBuffer got, ElementType gotType, int length) {
        int greatestWanted = 0;
        int greatestGot = 0;
        double mostWanted = Double.NaN;
        double mostGot = Double.NaN;
        for (int i = 0; i < length; i++) {
            double expected = EdgeTensors.number(wanted, type);
            double actual = EdgeTensors.number(got, gotType);
            add(expected, actual);
            if (i == 0 || expected > mostWanted) {
                mostWanted = expected;
                greatestWanted = i;
            }
            if (i == 0 || actual > mostGot) {
                mostGot = actual;
                greatestGot = i;
            }
        }
        rows++;
        if (greatestWanted == greatestGot) {
            agreeing++;
        }
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
        noise += error * error;
        if (Double.isFinite(expected)) {
            largestMagnitude = Math.max(largestMagnitude, Math.abs(expected));
            signal += expected * expected;
        }
        if (Double.isFinite(expected) && Double.isFinite(actual)) {
            other += actual * actual;
            product += expected * actual;
        }
    }

    OutputParity result() {
        return new OutputParity(
                name,
                type,
                elements,
                largestMagnitude,
                maximumError,
                elements == 0 ? 0 : totalError / elements,
                noise == 0 ? Double.POSITIVE_INFINITY : DECIBELS * Math.log10(signal / noise),
                cosine(),
                rows == 0 ? 1 : (double) agreeing / rows);
    }

    private double cosine() {
        if (signal == 0 || other == 0) {
            return signal == other ? 1 : 0;
        }
        return Math.max(-1, Math.min(1, product / (Math.sqrt(signal) * Math.sqrt(other))));
    }
}
