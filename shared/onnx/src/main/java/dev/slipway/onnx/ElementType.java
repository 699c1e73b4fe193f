package dev.slipway.onnx;

import dev.slipway.kernel.SlipwayException;
import java.util.Arrays;
import java.util.Optional;

/**
 * What a tensor's elements are, with ONNX's number for it and the bits that one element takes in {@code raw_data}.
 *
 * <p>A model with any of these is read and written; what can be computed with them is for others to say, who refuse what
 * they can't with {@code onnx.element-type}.
 */
public enum ElementType {
    FLOAT32(1, 32),
    UINT8(2, 8),
    INT8(3, 8),
    UINT16(4, 16),
    INT16(5, 16),
    INT32(6, 32),
    INT64(7, 64),
    /** Texts of any length; {@link OnnxTensor#texts} tells them. */
    STRING(8, 0),
    BOOL(9, 8),
    FLOAT16(10, 16),
    FLOAT64(11, 64),
    UINT32(12, 32),
    UINT64(13, 64),
    COMPLEX64(14, 64),
    COMPLEX128(15, 128),
    BFLOAT16(16, 16),
    FLOAT8E4M3FN(17, 8),
    FLOAT8E4M3FNUZ(18, 8),
    FLOAT8E5M2(19, 8),
    FLOAT8E5M2FNUZ(20, 8),
    UINT4(21, 4),
    INT4(22, 4),
    FLOAT4E2M1(23, 4),
    FLOAT8E8M0(24, 8),
    UINT2(25, 2),
    INT2(26, 2);

    private final int code;
    private final int bits;

    ElementType(int code, int bits) {
        this.code = code;
        this.bits = bits;
    }

    /** The number of this type in ONNX's {@code TensorProto.DataType}. */
    public int code() {
        return code;
    }

    /** The bits of one element, 2 to 128; 0 for {@link #STRING}. */
    public int bits() {
        return bits;
    }

    /**
     * The bytes of one element; fails with {@code onnx.element-type} for texts and for types that are packed several to
     * a byte.
     */
    public int bytes() {
        if (bits < Byte.SIZE) {
            throw SlipwayException.unsupported(
                    "onnx.element-type",
                    "Elements of type " + this + " have no bytes of their own; cast them to a type of 8 bits or more.");
        }
        return bits / Byte.SIZE;
    }

    /** The bytes of so many elements, packed where they are smaller than a byte; no answer for {@link #STRING}. */
    public long bytes(long elements) {
        return bits < Byte.SIZE
                ? (Math.multiplyExact(elements, bits) + Byte.SIZE - 1) / Byte.SIZE
                : Math.multiplyExact(elements, bits / Byte.SIZE);
    }

    /** Fails with {@code onnx.element-type} if ONNX has no such type, or a newer one. */
    public static ElementType ofCode(long code) {
        return find(code)
                .orElseThrow(() -> SlipwayException.unsupported(
                        "onnx.element-type",
                        "The model has a tensor of ONNX's element type " + code
                                + " (see TensorProto.DataType), which can't be read; export it with float or integer"
                                + " tensors."));
    }

    static Optional<ElementType> find(long code) {
        return Arrays.stream(values()).filter(type -> type.code == code).findFirst();
    }
}
