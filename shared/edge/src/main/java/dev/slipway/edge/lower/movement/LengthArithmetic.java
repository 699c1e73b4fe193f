package dev.slipway.edge.lower.movement;

import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.graph.Kernels;
import dev.slipway.edge.graph.Length;
import dev.slipway.tflite.BuiltinOperator;
import dev.slipway.tflite.OperatorOptions;
import dev.slipway.tflite.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Arithmetic with lengths, done here as far as they are known and by the model as far as they are not. */
record LengthArithmetic(Kernels kernels) {
    // Longer ranges are made when the model runs, which is quicker than reading them.
    private static final int LONGEST_CONSTANT = 1 << 14;

    /** The lengths of all axes. */
    static List<Length> of(EdgeValue value) {
        return IntStream.range(0, value.rank())
                .mapToObj(axis -> Length.of(value, axis))
                .toList();
    }

    Length product(List<Length> factors) {
        int known = 1;
        List<EdgeValue> computed = new ArrayList<>();
        for (Length factor : factors) {
            if (factor instanceof Length.Fixed fixed) {
                known = Math.multiplyExact(known, fixed.value());
            } else {
                computed.add(kernels.length(factor));
            }
        }
        if (computed.isEmpty() || known == 0) {
            return Length.fixed(known);
        }
        EdgeValue product =
                computed.stream().reduce((a, b) -> kernels.multiply(a, b)).orElseThrow();
        return new Length.Computed(known == 1 ? product : kernels.multiply(product, known));
    }

    Length sum(Length length, int number) {
        if (length instanceof Length.Fixed fixed) {
            return Length.fixed(Math.addExact(fixed.value(), number));
        }
        return number == 0 ? length : new Length.Computed(kernels.add(kernels.length(length), number));
    }

    /** The INT32 numbers from 0 up to below the length. */
    EdgeValue range(Length length) {
        if (length instanceof Length.Fixed fixed && fixed.value() <= LONGEST_CONSTANT) {
            return EdgeValue.integers(
                    "range", IntStream.range(0, fixed.value()).boxed().toList());
        }
        return range(EdgeValue.scalar(TensorType.INT32, 0), kernels.length(length), known(length));
    }

    /** RANGE by steps of one between scalars; {@code known} is how many numbers that are, -1 if that is open. */
    EdgeValue range(EdgeValue from, EdgeValue to, int known) {
        return kernels.add(
                BuiltinOperator.RANGE,
                new OperatorOptions.None(),
                List.of(from, to, EdgeValue.scalar(from.type(), 1)),
                from.type(),
                List.of(known));
    }

    /** This number so many times, as a vector. */
    EdgeValue filled(Length length, TensorType type, double number) {
        EdgeValue lengths = kernels.lengths(List.of(length));
        return filled(lengths, EdgeValue.scalar(type, number), List.of(known(length)));
    }

    /** FILL: a scalar in every place of a shape, of which {@code known} is known. */
    EdgeValue filled(EdgeValue lengths, EdgeValue scalar, List<Integer> known) {
        return kernels.add(
                BuiltinOperator.FILL, new OperatorOptions.None(), List.of(lengths, scalar), scalar.type(), known);
    }

    static int known(Length length) {
        return length instanceof Length.Fixed fixed ? fixed.value() : -1;
    }
}
