package dev.slipway.api.conversion;

/** The order of axes of a converted model's image inputs and outputs. */
public enum Layout {
    /** As the ONNX model has it, usually batch, channels, height, width. */
    KEEP,
    /** Channels last, as cameras have it; for TFLite only. */
    NHWC
}
