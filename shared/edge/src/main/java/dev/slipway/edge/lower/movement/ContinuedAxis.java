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
        if (amounts.isConstant() && length instanceof Length.Fixed fixed && fixed.value() > 0) {
            int from = -amounts.before().integers().get(axis);
            int to = fixed.value() + amounts.after().integers().get(axis);
            List<Integer> places = IntStream.range(from, Math.max(from, to))
                    .mapToObj(place -> within(place, fixed.value()))
                    .toList();
            return kernels.gather(value, EdgeValue.integers("places", places), axis);
        }
        EdgeValue zero = EdgeValue.scalar(TensorType.INT32, 0);
        EdgeValue size = kernels.length(length);
        EdgeValue from = kernels.subtract(zero, amount(amounts.before(), axis));
        EdgeValue to = kernels.add(size, amount(amounts.after(), axis));
        EdgeValue places = new LengthArithmetic(kernels).range(from, to, -1);
        return kernels.gather(value, within(places, size), axis);
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
