package dev.slipway.tflite;

import dev.slipway.kernel.SlipwayException;

/** What a tensor's elements are, with the number for it in the file format and the bytes one element takes. */
public enum TensorType {
    FLOAT32(0, 4),
    FLOAT16(1, 2),
    INT32(2, 4),
    UINT8(3, 1),
    INT64(4, 8),
    STRING(5, 0),
    BOOL(6, 1),
    INT16(7, 2),
    COMPLEX64(8, 8),
    INT8(9, 1),
    FLOAT64(10, 8),
    COMPLEX128(11, 16),
    UINT64(12, 8),
    RESOURCE(13, 0),
    VARIANT(14, 0),
    UINT32(15, 4),
    UINT16(16, 2);

    private final int code;
    private final int bytes;

    TensorType(int code, int bytes) {
        this.code = code;
        this.bytes = bytes;
    }

    /** The number in the file. */
    public int code() {
        return code;
    }

    /** The bytes of one element, 0 if elements have no fixed size. */
    public int bytes() {
        return bytes;
    }

    /** Fails with {@code tflite.type} on a number that is not known here. */
    public static TensorType ofCode(int code) {
        for (TensorType type : values()) {
            if (type.code == code) {
                return type;
            }
        }
        throw SlipwayException.unsupported(
                "tflite.type", "The TFLite file has a tensor of type number " + code + ", which is not known.");
    }
}
