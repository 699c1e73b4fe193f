package dev.slipway.edge;

/** What a conversion is doing, in this order; with several precisions, the later steps come once for each. */
public enum ConversionStep {
    /** ONNX Runtime is asked for shapes and constants. */
    PROBE("looking at the model"),
    /** The model is expressed by the target's operators and optimised. */
    LOWER("choosing operators"),
    /** Ranges are looked for, run by run. */
    CALIBRATE("finding ranges"),
    /** The errors that single operations would add are measured, run by run. */
    MEASURE("measuring single operations"),
    /** Mixtures of integers and floats are tried; fewer than the total may do. */
    MIX("trying mixtures with float operations"),
    /** The result is compared with ONNX Runtime, run by run. */
    VERIFY("comparing with ONNX Runtime");

    private final String words;

    ConversionStep(String words) {
        this.words = words;
    }

    /** What is being done, for people. */
    public String words() {
        return words;
    }
}
