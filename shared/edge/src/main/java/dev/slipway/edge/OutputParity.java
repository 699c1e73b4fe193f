package dev.slipway.edge;

import dev.slipway.onnx.ElementType;

/**
 * How close one tensor is to what it should be.
 *
 * @param type of the tensor that is compared with
 * @param largestMagnitude of the expected values, to which errors may be related
 * @param maximumError the largest absolute difference; infinite if one side is not a number or infinite where the other
 *     is not, or if shapes or types differ
 * @param meanError the mean absolute difference
 * @param signalToNoise the energy of the expected values over that of the differences, in decibels; infinite without
 *     any difference
 * @param cosine of the angle between the two, -1 to 1, taken as vectors
 * @param argmaxAgreement the share, 0 to 1, of rows whose largest value stands at the same place (the last axis is the row)
 */
public record OutputParity(
        String name,
        ElementType type,
        long elements,
        double largestMagnitude,
        double maximumError,
        double meanError,
        double signalToNoise,
        double cosine,
        double argmaxAgreement) {
    // No closer can two results be whose last step is a rounding to these types.
    private static final double HALF_PRECISION = 0x1p-10;
    private static final double BRAIN_PRECISION = 0x1p-7;

    /** Whether the elements are integers or booleans, which must be equal. */
    public boolean exact() {
        return switch (type) {
            case FLOAT32, FLOAT16, BFLOAT16, FLOAT64 -> false;
            default -> true;
        };
    }

    /**
     * Whether the error is within the tolerance, taken relative to the tensor's magnitude where that exceeds 1, and never
     * less than what the type can tell apart.
     */
    public boolean within(double tolerance) {
        return exact() ? maximumError == 0 : relativeError() <= Math.max(tolerance, precision());
    }

    /** The largest error relative to the tensor's magnitude or, if that is below 1, absolute. */
    public double relativeError() {
        return maximumError / Math.max(1, largestMagnitude);
    }

    private double precision() {
        return switch (type) {
            case FLOAT16 -> HALF_PRECISION;
            case BFLOAT16 -> BRAIN_PRECISION;
            default -> 0;
        };
    }
}
