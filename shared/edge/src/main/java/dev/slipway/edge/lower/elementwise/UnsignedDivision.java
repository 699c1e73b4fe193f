package dev.slipway.edge.lower.elementwise;

import dev.slipway.tflite.BuiltinOperator;
import dev.slipway.tflite.TensorType;

/** Division of UINT64 numbers, of which INT64 holds the bits. */
final class UnsignedDivision {
    private UnsignedDivision() {}

    /** Half the dividend, which INT64 reads as it is, is divided; what doubling leaves is worth 1 at most. */
    static Term quotient(Term dividend, Term divisor) {
        // A divisor of 2⁶³ or more, which reads as negative, goes in once or not at all.
        Term isLarge = divisor.isLess(0);
        Term small = isLarge.choose(divisor.number(1), divisor);
        Term distance = dividend.with(dividend.number(1).cast(TensorType.INT32).value());
        Term half = IntegerDivision.truncated(Shifts.wideRight(dividend, distance), small);
        Term doubled = isLarge.choose(half.number(0), half.plus(half));
        Term rest = dividend.minus(doubled.times(divisor));
        Term goesInOnceMore = ordered(rest).compared(BuiltinOperator.GREATER_EQUAL, ordered(divisor));
        return doubled.plus(goesInOnceMore.cast(TensorType.INT64));
    }

    static Term remainder(Term dividend, Term divisor) {
        return dividend.minus(quotient(dividend, divisor).times(divisor));
    }

    private static Term ordered(Term bits) {
        return bits.plus(Long.MIN_VALUE);
    }
}
