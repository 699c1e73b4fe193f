package dev.slipway.edge;

/** What a conversion is doing, in this order; with several precisions, the later steps come once for each. */
public enum ConversionStep {
    /** ONNX Runtime is asked for shapes and constants. */
    PROBE,
    /** The model is expressed by the target's operators and optimised. */
    LOWER,
    /** Ranges are looked for, run by run. */
    CALIBRATE,
    /** The errors that single operations would add are measured, run by run. */
    MEASURE,
    /** Mixtures of integers and floats are tried; fewer than the total may do. */
    MIX,
    /** The result is compared with ONNX Runtime, run by run. */
    VERIFY
}
