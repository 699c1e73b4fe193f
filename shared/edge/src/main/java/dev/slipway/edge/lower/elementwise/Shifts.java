package dev.slipway.edge.lower.elementwise;

import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.graph.Kernels;
import dev.slipway.tflite.BuiltinOperator;
import dev.slipway.tflite.TensorType;
import java.util.List;
import java.util.stream.LongStream;

/** Integers shifted by distances of INT32. */
final class Shifts {
    private static final int WORD = 32;
    private static final double WORD_VALUE = 0x1p32;

    private Shifts() {}

    static Term left(Term value, Term distance) {
        return value.times(power(distance, value.value().type()));
    }

    /** A number from 0 to 2³² - 1. */
    static Term right(Term value, Term distance) {
        boolean isLong = value.value().type() == TensorType.INT64;
        TensorType type = isLong ? TensorType.UINT32 : TensorType.INT32;
        Term shifted = value.cast(type)
                .binary(BuiltinOperator.RIGHT_SHIFT, distance.atMost(WORD - 1).cast(type))
                .cast(value.value().type());
        return distance.isLess(WORD).choose(shifted, shifted.number(0));
    }

    /** UINT64 in INT64: the upper and the lower word apart; what the upper loses goes to the top of the lower. */
    static Term wideRight(Term value, Term distance) {
        Kernels kernels = value.kernels();
        EdgeValue words = Bits.words(kernels, value.value(), TensorType.UINT32);
        int axis = words.rank() - 1;
        Term lower = value.with(word(kernels, words, axis, 0)).cast(TensorType.INT64);
        Term upper = value.with(word(kernels, words, axis, 1)).cast(TensorType.INT64);
        Term inside = distance.atMost(WORD);
        Term lost = upper.binary(BuiltinOperator.FLOOR_MOD, power(inside, TensorType.INT64));
        Term near = right(upper, inside)
                .times(WORD_VALUE)
                .plus(lost.times(power(inside.number(WORD).minus(inside), TensorType.INT64)))
                .plus(right(lower, inside));
        Term far = right(upper, distance.minus(WORD).atLeast(0));
        return distance.isLess(WORD).choose(near, far);
    }

    private static EdgeValue word(Kernels kernels, EdgeValue words, int axis, int index) {
        return kernels.squeeze(kernels.slice(words, axis, index, 1), List.of(axis));
    }

    /** 2 to the power of the distance, 0 where that is more than the type holds. */
    private static Term power(Term distance, TensorType type) {
        long[] powers = LongStream.rangeClosed(0, Long.SIZE)
                .map(exponent -> exponent == Long.SIZE ? 0 : 1L << exponent)
                .toArray();
        EdgeValue table =
                EdgeValue.longs("powers", List.of(powers.length), powers).cast(type);
        Kernels kernels = distance.kernels();
        // Distances of 2³¹ and more read as negative ones.
        Term index = distance.isLess(0).choose(distance.number(Long.SIZE), distance.atMost(Long.SIZE));
        return distance.with(kernels.gather(table, index.value(), 0));
    }
}
