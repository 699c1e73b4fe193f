package dev.slipway.edge.graph;

import ai.onnxruntime.platform.Fp16Conversions;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.tflite.TensorType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Elements of constants as numbers. */
final class Elements {
    private Elements() {}

    /** The elements in another type; integers of either width wrap around, as TFLite's CAST does it. */
    static ByteBuffer cast(ByteBuffer from, TensorType type, TensorType other) {
        int size = from.remaining() / type.bytes();
        ByteBuffer to =
                ByteBuffer.allocate(Math.multiplyExact(size, other.bytes())).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < size; i++) {
            if (isInteger(type) && isInteger(other)) {
                putLong(to, other, getLong(from, type));
            } else {
                put(to, other, isInteger(type) ? getLong(from, type) : getDouble(from, type));
            }
        }
        return to.flip();
    }

    static void put(ByteBuffer to, TensorType type, double value) {
        switch (type) {
            case FLOAT32 -> to.putFloat((float) value);
            case FLOAT64 -> to.putDouble(value);
            case FLOAT16 -> to.putShort(Fp16Conversions.floatToFp16((float) value));
            case BOOL -> to.put((byte) (value == 0 ? 0 : 1));
            default -> putLong(to, type, (long) value);
        }
    }

    private static void putLong(ByteBuffer to, TensorType type, long value) {
        switch (type) {
            case BOOL -> to.put((byte) (value == 0 ? 0 : 1));
            case INT8, UINT8 -> to.put((byte) value);
            case INT16, UINT16 -> to.putShort((short) value);
            case INT32, UINT32 -> to.putInt((int) value);
            case INT64, UINT64 -> to.putLong(value);
            default -> throw unsupported(type);
        }
    }

    private static double getDouble(ByteBuffer from, TensorType type) {
        return switch (type) {
            case FLOAT32 -> from.getFloat();
            case FLOAT64 -> from.getDouble();
            case FLOAT16 -> Fp16Conversions.fp16ToFloat(from.getShort());
            default -> throw unsupported(type);
        };
    }

    private static long getLong(ByteBuffer from, TensorType type) {
        return switch (type) {
            case BOOL, UINT8 -> Byte.toUnsignedInt(from.get());
            case INT8 -> from.get();
            case INT16 -> from.getShort();
            case UINT16 -> Short.toUnsignedInt(from.getShort());
            case INT32 -> from.getInt();
            case UINT32 -> Integer.toUnsignedLong(from.getInt());
            case INT64, UINT64 -> from.getLong();
            default -> throw unsupported(type);
        };
    }

    private static boolean isInteger(TensorType type) {
        return switch (type) {
            case BOOL, INT8, UINT8, INT16, UINT16, INT32, UINT32, INT64, UINT64 -> true;
            default -> false;
        };
    }

    private static SlipwayException unsupported(TensorType type) {
        return SlipwayException.unsupported("edge.type", "constants of " + type + " can't be cast");
    }
}
