package dev.slipway.edge.graph;

/** IEEE 754 binary16, which Java knows only from version 20 on. */
public final class Half {
    private static final int MANTISSA_BITS = 10;
    private static final int EXPONENT_MASK = 0x1f;
    private static final int MANTISSA_MASK = 0x3ff;
    private static final int BIAS_DIFFERENCE = 127 - 15;

    private Half() {}

    public static float toFloat(short bits) {
        int sign = (bits & 0x8000) << 16;
        int exponent = bits >>> MANTISSA_BITS & EXPONENT_MASK;
        int mantissa = bits & MANTISSA_MASK;
        if (exponent == 0) {
            float magnitude = mantissa * 0x1p-24f;
            return sign == 0 ? magnitude : -magnitude;
        }
        int wide = exponent == EXPONENT_MASK ? 0xff : exponent + BIAS_DIFFERENCE;
        return Float.intBitsToFloat(sign | wide << 23 | mantissa << 13);
    }

    /** Rounds to nearest, ties to even; too large magnitudes become infinite. */
    public static short fromFloat(float value) {
        int bits = Float.floatToRawIntBits(value);
        int sign = bits >>> 16 & 0x8000;
        if (Float.isNaN(value)) {
            return (short) (sign | 0x7e00);
        }
        float magnitude = Math.abs(value);
        if (magnitude >= 65520f) {
            return (short) (sign | 0x7c00);
        }
        if (magnitude < 0x1p-14f) {
            return (short) (sign | (int) Math.rint(magnitude * 0x1p24));
        }
        int rounded = (bits & 0x7fffffff) - (BIAS_DIFFERENCE << 23);
        int remainder = rounded & 0x1fff;
        int half = rounded >>> 13;
        if (remainder > 0x1000 || (remainder == 0x1000 && (half & 1) == 1)) {
            half++;
        }
        return (short) (sign | half);
    }
}
