package dev.slipway.tflite;

/** The function that an operator may apply to its result, with its number in the file format. */
public enum Activation {
    NONE(0),
    RELU(1),
    RELU_N1_TO_1(2),
    RELU6(3),
    TANH(4),
    SIGN_BIT(5);

    private final int code;

    Activation(int code) {
        this.code = code;
    }

    /** The number in the file. */
    public int code() {
        return code;
    }
}
