package dev.slipway.onnx.precision;

import dev.slipway.onnx.ElementType;
import dev.slipway.onnx.OnnxTensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/** Rounds numbers to 16 bits. */
final class HalfFloat {
    private static final int LARGEST = 0x7BFF;
    private static final int SMALLEST = 1;
    private static final int INFINITY = 0x7C00;
    private static final int NOT_A_NUMBER = 0x7E00;

    private static final float LARGEST_VALUE = 65504;
    private static final float STANDS_FOR_INFINITY = 1e30f;

    private HalfFloat() {}

    /** Whether a number has no place in 16 bits and does not stand for infinity either. */
    static boolean overflows(OnnxTensor tensor) {
        FloatBuffer values = tensor.data().asFloatBuffer();
        while (values.hasRemaining()) {
            float magnitude = Math.abs(values.get());
            if (magnitude > LARGEST_VALUE && magnitude < STANDS_FOR_INFINITY) {
                return true;
            }
        }
        return false;
    }

    /** The same tensor with each element rounded as {@link #of} does. */
    static OnnxTensor of(OnnxTensor tensor) {
        FloatBuffer from = tensor.data().asFloatBuffer();
        ByteBuffer to = ByteBuffer.allocate(from.remaining() * Short.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        while (from.hasRemaining()) {
            to.putShort(of(from.get()));
        }
        return new OnnxTensor(tensor.name(), ElementType.FLOAT16, tensor.shape(), to.flip());
    }

    /**
     * The bits of the nearest 16-bit number, the even one of two. What is too large becomes the largest number rather
     * than infinity, and what is too small the smallest rather than zero, because constants such as masks and epsilons
     * would otherwise make a model's results NaN.
     */
    static short of(float value) {
        int sign = (Float.floatToRawIntBits(value) >>> 16) & 0x8000;
        float magnitude = Math.abs(value);
        if (Float.isNaN(value)) {
            return (short) (sign | NOT_A_NUMBER);
        }
        if (Float.isInfinite(value)) {
            return (short) (sign | INFINITY);
        }
        if (magnitude == 0) {
            return (short) sign;
        }
        int exponent = Math.max(Math.getExponent(magnitude), -14);
        // The number in units of the last of the ten bits that its exponent leaves it; exact, as it is a power of two.
        double units = Math.rint(Math.scalb((double) magnitude, 10 - exponent));
        int bits = exponent == -14 && units < 1024 ? (int) units : ((exponent + 14) << 10) + (int) units;
        return (short) (sign | Math.min(LARGEST, Math.max(SMALLEST, bits)));
    }
}
