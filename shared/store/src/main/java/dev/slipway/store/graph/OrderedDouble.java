package dev.slipway.store.graph;

/**
 * An order-preserving and lossless integer form of doubles: {@code a < b} exactly when {@code encode(a) < encode(b)}, with
 * negative zero before zero and NaN after positive infinity, as in {@link Double#compare}. Stores that know no NaN keep
 * this instead.
 *
 * <p>The bits of an IEEE 754 double compare like a sign-and-magnitude integer; flipping the magnitude of negative ones
 * makes that a two's complement integer.
 */
public final class OrderedDouble {
    private OrderedDouble() {}

    public static long encode(double value) {
        return flip(Double.doubleToLongBits(value));
    }

    public static double decode(long encoded) {
        return Double.longBitsToDouble(flip(encoded));
    }

    private static long flip(long bits) {
        return bits < 0 ? bits ^ Long.MAX_VALUE : bits;
    }
}
