package dev.slipway.edge.lower.movement;

import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.graph.Kernels;
import dev.slipway.edge.graph.Length;
import dev.slipway.edge.lower.LoweringContext;
import dev.slipway.tflite.BuiltinOperator;
import dev.slipway.tflite.TensorType;
import java.util.List;
import java.util.stream.IntStream;

/** An axis that goes on beyond its ends with elements of its own, taken by GATHER. */
record ContinuedAxis(Kernels kernels, LoweringContext context, String mode) {

    EdgeValue of(EdgeValue value, int axis, PadAmounts amounts) {
        Length length = Length.of(value, axis);
        if (amounts.isConstant() && length instanceof Length.Fixed fixed) {
            int before = amounts.before().integers().get(axis);
            int after = amounts.after().integers().get(axis);
            int left = fixed.value() + Math.min(before, 0) + Math.min(after, 0);
            if (left > 0) {
                return kernels.gather(value, EdgeValue.integers("places", places(before, after, left)), axis);
            }
        }
        EdgeValue zero = EdgeValue.scalar(TensorType.INT32, 0);
        EdgeValue before = amount(amounts.before(), axis);
        EdgeValue after = amount(amounts.after(), axis);
        EdgeValue begin = kernels.minimum(before, zero);
        EdgeValue left = kernels.add(kernels.add(kernels.length(length), begin), kernels.minimum(after, zero));
        EdgeValue from = kernels.subtract(zero, kernels.maximum(before, zero));
        EdgeValue to = kernels.add(left, kernels.maximum(after, zero));
        EdgeValue places = within(new LengthArithmetic(kernels).range(from, to, -1), left);
        return kernels.gather(value, kernels.subtract(places, begin), axis);
    }

    /** What is taken away goes first: the axis continues what is left of it. */
    private List<Integer> places(int before, int after, int left) {
        return IntStream.range(-Math.max(before, 0), left + Math.max(after, 0))
                .mapToObj(place -> within(place, left) - Math.min(before, 0))
                .toList();
    }

    private EdgeValue amount(EdgeValue amounts, int axis) {
        return amounts.isConstant()
                ? EdgeValue.scalar(TensorType.INT32, amounts.integers().get(axis))
                : kernels.gather(amounts, EdgeValue.scalar(TensorType.INT32, axis), 0);
    }

    private int within(int place, int length) {
        return switch (mode) {
            case "edge" -> Math.max(0, Math.min(length - 1, place));
            case "wrap" -> Math.floorMod(place, length);
            case "reflect" -> {
                int period = Math.max(2 * (length - 1), 1);
                int inPeriod = Math.floorMod(place, period);
                yield Math.min(inPeriod, period - inPeriod);
            }
            default -> throw unknown();
        };
    }

    private EdgeValue within(EdgeValue places, EdgeValue length) {
        EdgeValue zero = EdgeValue.scalar(TensorType.INT32, 0);
        EdgeValue last = kernels.add(length, -1);
        return switch (mode) {
            case "edge" -> kernels.maximum(kernels.minimum(places, last), zero);
            case "wrap" -> kernels.binary(BuiltinOperator.FLOOR_MOD, places, length);
            case "reflect" -> {
                EdgeValue period = kernels.maximum(kernels.multiply(last, 2), EdgeValue.scalar(TensorType.INT32, 1));
                EdgeValue inPeriod = kernels.binary(BuiltinOperator.FLOOR_MOD, places, period);
                yield kernels.minimum(inPeriod, kernels.subtract(period, inPeriod));
            }
            default -> throw unknown();
        };
    }

    private RuntimeException unknown() {
        return context.refusal("attribute", "it pads in the mode '" + mode + "', which is not known");
    }
}
