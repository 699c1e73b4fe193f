package dev.slipway.tflite;

/** How a window meets the border, with its number in the file format. */
public enum Padding {
    /** As many zeros as make the output length the input length divided by the stride, rounded up; the odd one last. */
    SAME(0),
    /** None. */
    VALID(1);

    private final int code;

    Padding(int code) {
        this.code = code;
    }

    /** The number in the file. */
    public int code() {
        return code;
    }
}
