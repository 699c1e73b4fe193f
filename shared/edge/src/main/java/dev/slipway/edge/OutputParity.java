package dev.slipway.edge;

/**
 * How close one output is to ONNX Runtime's.
 *
 * @param largestMagnitude of ONNX Runtime's values, to which errors may be related
 * @param maximumError the largest absolute difference; infinite if one side is not a number where the other is
 * @param meanError the mean absolute difference
 * @param exact whether the elements are integers or booleans, which must be equal
 * @param argmaxAgreement the share, 0 to 1, of rows whose largest value stands at the same place (the last axis is the row)
 */
public record OutputParity(
        String name,
        long elements,
        double largestMagnitude,
        double maximumError,
        double meanError,
        double argmaxAgreement,
        boolean exact) {

    /** Whether the error is within the tolerance, taken relative to the output's magnitude where that exceeds 1. */
    public boolean within(double tolerance) {
        return exact ? maximumError == 0 : maximumError <= tolerance * Math.max(1, largestMagnitude);
    }
}
