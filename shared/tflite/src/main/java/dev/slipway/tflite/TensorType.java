package dev.slipway.tflite;

import dev.slipway.kernel.SlipwayException;

/** What a tensor's elements are, with the number for it in the file format and the size of one element. */
public enum TensorType {
    FLOAT32(0, 32),
    FLOAT16(1, 16),
    INT32(2, 32),
    UINT8(3, 8),
    INT64(4, 64),
    STRING(5, 0),
    BOOL(6, 8),
    INT16(7, 16),
    COMPLEX64(8, 64),
    INT8(9, 8),
    FLOAT64(10, 64),
    COMPLEX128(11, 128),
    UINT64(12, 64),
    RESOURCE(13, 0),
    VARIANT(14, 0),
    UINT32(15, 32),
    UINT16(16, 16),
    /** Two in a byte, the first in its lower half. */
    INT4(17, 4),
    BFLOAT16(18, 16),
    /** Four in a byte, the first in its lowest bits. */
    INT2(19, 2),
    /** Two in a byte, the first in its lower half. */
    UINT4(20, 4),
    FLOAT8_E4M3FN(21, 8),
    FLOAT8_E5M2(22, 8);

    private final int code;
    private final int bits;

    TensorType(int code, int bits) {
        this.code = code;
        this.bits = bits;
    }

    /** The number in the file. */
    public int code() {
        return code;
    }

    /** The bytes of one element, 0 if elements have no fixed size or share a byte. */
    public int bytes() {
        return bits / Byte.SIZE;
    }

    /** The bytes that so many elements take, the last one filled up; 0 if elements have no fixed size. */
    public long bytes(long elements) {
        return (elements * bits + Byte.SIZE - 1) / Byte.SIZE;
    }

    /** Whether the number of elements says how many bytes they take; not so for strings and handles. */
    public boolean isFixedSize() {
        return bits > 0;
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
