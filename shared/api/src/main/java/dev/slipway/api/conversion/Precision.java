package dev.slipway.api.conversion;

/** How the numbers of a converted model are kept. */
public enum Precision {
    /** 32-bit floating point. */
    FP32,
    /** Weights of 16 bits; inputs and outputs stay 32-bit floating point. */
    FP16,
    /** Weights of 8 bits; activations are quantised while the model runs. */
    DYNAMIC,
    /** Weights and activations of 8 bits, by ranges found on calibration samples. */
    INT8,
    /** Activations of 16 bits and weights of 8 bits, by ranges found on calibration samples. */
    INT16X8;

    /** Whether it takes calibration samples. */
    public boolean isCalibrated() {
        return this == INT8 || this == INT16X8;
    }
}
