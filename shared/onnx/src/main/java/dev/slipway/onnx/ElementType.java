package dev.slipway.onnx;

import dev.slipway.kernel.SlipwayException;

/** What a tensor's elements are, with ONNX's number for it and the bytes one element takes in {@code raw_data}. */
public enum ElementType {
    FLOAT32(1, 4),
    UINT8(2, 1),
    INT8(3, 1),
    UINT16(4, 2),
    INT16(5, 2),
    INT32(6, 4),
    INT64(7, 8),
    BOOL(9, 1),
    FLOAT16(10, 2),
    FLOAT64(11, 8),
    UINT32(12, 4),
    UINT64(13, 8),
    BFLOAT16(16, 2);

    private final int code;
    private final int bytes;

    ElementType(int code, int bytes) {
        this.code = code;
        this.bytes = bytes;
    }

    /** The number of this type in ONNX's {@code TensorProto.DataType}. */
    public int code() {
        return code;
    }

    public int bytes() {
        return bytes;
    }

    /** Fails with {@code onnx.element-type} if no tensor that Slipway reads has this type. */
    public static ElementType ofCode(int code) {
        for (ElementType type : values()) {
            if (type.code == code) {
                return type;
            }
        }
        throw SlipwayException.unsupported(
                "onnx.element-type",
                "The model has a tensor of ONNX's element type " + code
                        + " (see TensorProto.DataType), which can't be read; export it with float or integer tensors.");
    }
}
