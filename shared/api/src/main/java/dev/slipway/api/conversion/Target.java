package dev.slipway.api.conversion;

/** What a model is converted to. */
public enum Target {
    /** TensorFlow Lite (LiteRT) flat buffer. */
    TFLITE,
    /** ONNX Runtime's own format, for its mobile builds. */
    ORT,
    /** A shared library for TVM's virtual machine on the server's processor; needs an optional tool chain. */
    TVM
}
