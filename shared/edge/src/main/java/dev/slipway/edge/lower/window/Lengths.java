package dev.slipway.edge.lower.window;

import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.graph.Kernels;
import dev.slipway.edge.graph.Length;
import dev.slipway.tflite.BuiltinOperator;
import dev.slipway.tflite.TensorType;
import java.util.ArrayList;
import java.util.List;

/** Arithmetic with lengths: done now where they are fixed, otherwise when the model runs. */
final class Lengths {
    private final Kernels kernels;

    Lengths(Kernels kernels) {
        this.kernels = kernels;
    }

    Length plus(Length length, int number) {
        if (length instanceof Length.Fixed fixed) {
            return Length.fixed(fixed.value() + number);
        }
        return number == 0 ? length : computed(kernels.add(kernels.length(length), number));
    }

    Length plus(Length left, Length right) {
        if (right instanceof Length.Fixed fixed) {
            return plus(left, fixed.value());
        } else if (left instanceof Length.Fixed fixed) {
            return plus(right, fixed.value());
        }
        return computed(kernels.add(kernels.length(left), kernels.length(right)));
    }

    Length minus(Length left, Length right) {
        if (right instanceof Length.Fixed fixed) {
            return plus(left, -fixed.value());
        }
        return computed(kernels.subtract(kernels.length(left), kernels.length(right)));
    }

    Length times(Length left, Length right) {
        if (left instanceof Length.Fixed one && right instanceof Length.Fixed other) {
            return Length.fixed(Math.multiplyExact(one.value(), other.value()));
        } else if (left.equals(Length.fixed(1))) {
            return right;
        } else if (right.equals(Length.fixed(1))) {
            return left;
        }
        return computed(kernels.multiply(kernels.length(left), kernels.length(right)));
    }

    Length times(Length length, int number) {
        return times(length, Length.fixed(number));
    }

    /** Rounded down; the divisor is above 0. */
    Length dividedBy(Length length, int divisor) {
        if (length instanceof Length.Fixed fixed) {
            return Length.fixed(Math.floorDiv(fixed.value(), divisor));
        }
        return divisor == 1
                ? length
                : computed(kernels.binary(
                        BuiltinOperator.FLOOR_DIV,
                        kernels.length(length),
                        EdgeValue.scalar(TensorType.INT32, divisor)));
    }

    Length atLeast(Length length, int least) {
        if (length instanceof Length.Fixed fixed) {
            return Length.fixed(Math.max(fixed.value(), least));
        }
        return computed(kernels.maximum(kernels.length(length), EdgeValue.scalar(TensorType.INT32, least)));
    }

    Length product(List<Length> lengths) {
        return lengths.stream().reduce(Length.fixed(1), this::times);
    }

    /** All axes of the value. */
    static List<Length> of(EdgeValue value) {
        List<Length> lengths = new ArrayList<>();
        for (int axis = 0; axis < value.rank(); axis++) {
            lengths.add(Length.of(value, axis));
        }
        return lengths;
    }

    /** The value with the axes from {@code from} to before {@code to} made one. */
    EdgeValue merged(EdgeValue value, int from, int to) {
        List<Length> lengths = of(value);
        List<Length> shape = new ArrayList<>(lengths.subList(0, from));
        shape.add(product(lengths.subList(from, to)));
        shape.addAll(lengths.subList(to, lengths.size()));
        return kernels.reshape(value, shape);
    }

    /** The value with one axis made several. */
    EdgeValue split(EdgeValue value, int axis, List<Length> parts) {
        List<Length> shape = new ArrayList<>(of(value));
        shape.remove(axis);
        shape.addAll(axis, parts);
        return kernels.reshape(value, shape);
    }

    private static Length computed(EdgeValue scalar) {
        return new Length.Computed(scalar);
    }
}
