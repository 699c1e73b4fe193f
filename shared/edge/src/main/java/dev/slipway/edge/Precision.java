package dev.slipway.edge;

/** What a converted model's numbers are. */
public enum Precision {
    FP32(1),
    /** Weights of 16 bits, made 32 bits when the model is loaded; all computing is float32. */
    FP16(0.9999),
    /** Weights of 8 bits; activations are quantised while the model runs, by the range that they then have. */
    DYNAMIC(0.99),
    /** Weights and activations of 8 bits, by ranges found on calibration data. */
    INT8(0.99),
    /** Activations of 16 bits, weights of 8 bits, by ranges found on calibration data. */
    INT16X8(0.99);

    private final double minimumCosine;

    Precision(double minimumCosine) {
        this.minimumCosine = minimumCosine;
    }

    /**
     * The least cosine, 0 to 1, between an output and the float model's at which a result is given out unless another is
     * asked for. It says nothing for FP32, which has a tolerance instead.
     */
    public double minimumCosine() {
        return minimumCosine;
    }

    /** Whether ranges of activations are needed. */
    public boolean isCalibrated() {
        return this == INT8 || this == INT16X8;
    }
}
