package dev.slipway.api.conversion;

/** What a model is converted to. */
public enum Target {
    /** TensorFlow Lite (LiteRT) flat buffer. */
    TFLITE,
    /** ONNX Runtime's own format, for its mobile builds. */
    ORT,
    /** A shared library for TVM's virtual machine on the server's processor; needs an optional tool chain. */
    TVM;

    /** Whether files of this target can be written so. */
    public boolean takes(Precision precision, Layout layout) {
        return switch (this) {
            case TFLITE -> true;
            case ORT -> layout == Layout.KEEP && precision != Precision.DYNAMIC;
            case TVM -> layout == Layout.KEEP && precision == Precision.FP32;
        };
    }
}
