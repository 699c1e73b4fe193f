package dev.slipway.api.conversion;

/** What a model is converted to. */
public enum Target {
    /** TensorFlow Lite (LiteRT) flat buffer. */
    TFLITE,
    /** ONNX Runtime's own format, for its mobile builds. */
    ORT
}
