package dev.slipway.edge;

/** The file formats that a model can be converted to. */
public enum Target {
    TFLITE(".tflite"),
    /** ONNX Runtime's own format, which its reduced builds for phones load. */
    ORT(".ort"),
    /** ONNX again, of smaller numbers, for ONNX Runtime's full builds. */
    ONNX(".onnx");

    private final String extension;

    Target(String extension) {
        this.extension = extension;
    }

    /** The file name's ending, with its dot. */
    public String extension() {
        return extension;
    }
}
