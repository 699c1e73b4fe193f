package dev.slipway.edge.lower.elementwise;

import dev.slipway.tflite.BuiltinOperator;
import dev.slipway.tflite.TensorType;

/** Division and remainders of integers, composed so that no pair of numbers stops the process. */
final class IntegerDivision {
    /** Each step of {@link #exact} finds 22 more of a quotient's 64 bits; the last one's rounding makes it exact. */
    private static final int STEPS = 3;

    private IntegerDivision() {}

    /** The quotient of INT64 numbers, rounded towards 0. */
    static Term truncated(Term dividend, Term divisor) {
        return exact(dividend.minus(truncatedRemainder(dividend, divisor)), divisor);
    }

    /** The remainder with the divisor's sign. */
    static Term flooredRemainder(Term dividend, Term divisor) {
        return dividend.binary(BuiltinOperator.FLOOR_MOD, withoutMinusOne(divisor));
    }

    /** The remainder with the dividend's sign. */
    static Term truncatedRemainder(Term dividend, Term divisor) {
        Term floored = flooredRemainder(dividend, divisor);
        Term differ = dividend.isLess(0).compared(BuiltinOperator.NOT_EQUAL, divisor.isLess(0));
        Term inexact = floored.compared(BuiltinOperator.NOT_EQUAL, floored.number(0));
        return differ.binary(BuiltinOperator.LOGICAL_AND, inexact).choose(floored.minus(divisor), floored);
    }

    /** With 1 for -1: their remainders are the same, but the least integer divided by -1 is a hardware fault. */
    static Term withoutMinusOne(Term divisor) {
        return divisor.equals(-1).choose(divisor.number(1), divisor);
    }

    /** The quotient of a multiple of the divisor: the quotient in floats, corrected by what it leaves. */
    private static Term exact(Term multiple, Term divisor) {
        Term scale = divisor.cast(TensorType.FLOAT32);
        Term rest = multiple;
        Term quotient = null;
        for (int step = 0; step < STEPS; step++) {
            Term part = rest.cast(TensorType.FLOAT32)
                    .over(scale)
                    .unary(BuiltinOperator.ROUND)
                    .cast(TensorType.INT64);
            quotient = quotient == null ? part : quotient.plus(part);
            rest = step == STEPS - 1 ? rest : rest.minus(part.times(divisor));
        }
        return quotient;
    }
}
