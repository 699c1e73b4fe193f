package dev.slipway.edge;

import java.util.List;
import java.util.Optional;

/**
 * How close one tensor of a converted model is to what it should be.
 *
 * @param operator the TFLite operator that makes it
 */
public record TensorParity(String operator, OutputParity parity) {
    private static final double JUMP = 10;

    /**
     * The first tensor where the error jumps: its relative error is more than ten times the largest before it, and more
     * than a tenth of the tolerance. Nothing if the error only grows slowly.
     *
     * @param tensors in the order in which they are computed
     */
    public static Optional<TensorParity> firstJump(List<TensorParity> tensors, double tolerance) {
        double largest = 0;
        for (TensorParity tensor : tensors) {
            double error = tensor.parity().relativeError();
            if (error > JUMP * largest && error > tolerance / JUMP) {
                return Optional.of(tensor);
            }
            largest = Math.max(largest, error);
        }
        return Optional.empty();
    }
}
