package dev.slipway.conversion.child;

import dev.slipway.api.conversion.ParityReport;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.tensor.Tensor;
import java.util.Optional;
import java.util.OptionalDouble;

/** Sums up how a converted classifier differs from the ONNX model, batch by batch. Not safe for use by several threads. */
final class ParityMeter {
    private int samples;
    private long values;
    private double maximumError;
    private double totalError;
    private double product;
    private double expectedEnergy;
    private double actualEnergy;
    private int agreeing;
    private int labelled;
    private int correct;
    private int sourceCorrect;

    /**
     * Takes the results of one batch, of shape (samples, classes).
     *
     * @param labels one class index for each sample; empty when nobody has labelled them
     */
    void add(Tensor expected, Tensor actual, Optional<Tensor> labels) {
        checkShapes(expected, actual, labels);
        for (int i = 0; i < expected.values().length; i++) {
            double error = error(expected.values()[i], actual.values()[i]);
            maximumError = Math.max(maximumError, error);
            totalError += error;
            product += (double) expected.values()[i] * actual.values()[i];
            expectedEnergy += (double) expected.values()[i] * expected.values()[i];
            actualEnergy += (double) actual.values()[i] * actual.values()[i];
        }
        values += expected.values().length;
        for (int row = 0; row < expected.rows(); row++) {
            int sourceClass = expected.greatest(row);
            int convertedClass = actual.greatest(row);
            samples++;
            agreeing += sourceClass == convertedClass ? 1 : 0;
            if (labels.isPresent()) {
                int label = Math.round(labels.get().values()[row]);
                labelled++;
                correct += convertedClass == label ? 1 : 0;
                sourceCorrect += sourceClass == label ? 1 : 0;
            }
        }
    }

    /** What was found so far, of at least one sample, for results that should be equal but for rounding. */
    ParityReport report(double tolerance) {
        return report(tolerance, OptionalDouble.empty());
    }

    /** What was found so far, of at least one sample; a least cosine, if given, counts instead of the tolerance. */
    ParityReport report(double tolerance, OptionalDouble minimumCosine) {
        double cosine = cosine();
        boolean passed = minimumCosine.isPresent() ? cosine >= minimumCosine.getAsDouble() : maximumError <= tolerance;
        return new ParityReport(
                samples,
                maximumError,
                totalError / values,
                (double) agreeing / samples,
                labelled == 0 ? null : (double) correct / labelled,
                labelled == 0 ? null : (double) sourceCorrect / labelled,
                tolerance,
                cosine,
                minimumCosine.isPresent() ? minimumCosine.getAsDouble() : null,
                passed);
    }

    /** Of the angle between all expected and all actual values; what is no number is as far off as can be. */
    private double cosine() {
        if (expectedEnergy == 0 && actualEnergy == 0) {
            return 1;
        }
        double cosine = product / Math.sqrt(expectedEnergy * actualEnergy);
        return Double.isFinite(cosine) ? Math.max(-1, Math.min(1, cosine)) : 0;
    }

    /** What one side has as a number and the other has not is as wrong as can be; JSON knows no infinity. */
    private static double error(float expected, float actual) {
        if (Float.compare(expected, actual) == 0) {
            return 0;
        }
        double error = Math.abs((double) expected - actual);
        return Double.isFinite(error) ? error : Float.MAX_VALUE;
    }

    private static void checkShapes(Tensor expected, Tensor actual, Optional<Tensor> labels) {
        if (!expected.shape().equals(actual.shape())) {
            throw SlipwayException.invalid(
                    "conversion.parity",
                    "The converted model answers with shape " + actual.shape() + " where the ONNX model answers with "
                            + expected.shape() + ".");
        }
        if (expected.shape().size() != 2
                || labels.filter(given -> given.rows() != expected.rows()).isPresent()
                || expected.shape().get(1) < 1) {
            throw SlipwayException.invalid(
                    "conversion.output",
                    "The model answers samples with shape " + expected.shape()
                            + ", but a classifier answers with one score for each class: (samples, classes).");
        }
    }
}
