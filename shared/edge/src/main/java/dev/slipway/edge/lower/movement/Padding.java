package dev.slipway.edge.lower.movement;

import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.graph.Kernels;
import dev.slipway.edge.graph.Length;
import dev.slipway.edge.lower.LoweringContext;
import dev.slipway.tflite.TensorType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** PAD and PADV2 by amounts of either sign, constant or computed. */
record Padding(Kernels kernels, LoweringContext context) {

    /** With the scalar in the new places; {@code shape} is what is known of the result. */
    EdgeValue padded(EdgeValue value, PadAmounts amounts, EdgeValue filler, List<Integer> shape) {
        if (amounts.isConstant()) {
            return constant(value, amounts, filler);
        } else if (value.rank() > AxisGroups.HIGHEST_SLICED) {
            throw context.refusal(
                    "rank",
                    "it pads " + value.rank() + " axes by amounts that are computed, which TFLite does for up to "
                            + AxisGroups.HIGHEST_SLICED);
        }
        EdgeValue zero = EdgeValue.scalar(TensorType.INT32, 0);
        EdgeValue begins = kernels.maximum(kernels.subtract(zero, amounts.before()), zero);
        EdgeValue ends = kernels.add(kernels.shape(value), kernels.minimum(amounts.after(), zero));
        List<Integer> open = Collections.nCopies(value.rank(), -1);
        EdgeValue cropped = new StridedSlice(kernels)
                .of(value, begins, ends, EdgeValue.integers("strides", Collections.nCopies(value.rank(), 1)), open);
        EdgeValue added = kernels.pack(
                List.of(kernels.maximum(amounts.before(), zero), kernels.maximum(amounts.after(), zero)), 1);
        return kernels.pad(cropped, added, filler, shape);
    }

    private EdgeValue constant(EdgeValue value, PadAmounts amounts, EdgeValue filler) {
        EdgeValue cropped = cropped(value, amounts);
        List<Integer> before = positive(amounts.before());
        List<Integer> after = positive(amounts.after());
        Set<Integer> grown = IntStream.range(0, value.rank())
                .filter(axis -> before.get(axis) > 0 || after.get(axis) > 0)
                .boxed()
                .collect(Collectors.toSet());
        if (grown.isEmpty()) {
            return cropped;
        } else if (value.rank() <= AxisGroups.HIGHEST_SLICED) {
            return kernels.pad(cropped, before, after, filler);
        }
        AxisGroups groups = AxisGroups.apart(grown, value.rank());
        if (groups.size() > AxisGroups.HIGHEST_SLICED) {
            throw context.refusal("rank", "it pads too many of " + value.rank() + " axes at once");
        }
        EdgeValue padded = kernels.pad(
                groups.collapsed(kernels, cropped),
                groups.starts().stream().map(before::get).toList(),
                groups.starts().stream().map(after::get).toList(),
                filler);
        List<Length> lengths = new ArrayList<>();
        for (int axis = 0; axis < value.rank(); axis++) {
            lengths.add(grown.contains(axis) ? Length.of(padded, groups.group(axis)) : Length.of(cropped, axis));
        }
        return kernels.reshape(padded, lengths);
    }

    private EdgeValue cropped(EdgeValue value, PadAmounts amounts) {
        List<Integer> before = amounts.before().integers();
        List<Integer> after = amounts.after().integers();
        if (before.stream().allMatch(amount -> amount >= 0) && after.stream().allMatch(amount -> amount >= 0)) {
            return value;
        }
        List<Long> starts = new ArrayList<>();
        List<Long> ends = new ArrayList<>();
        for (int axis = 0; axis < value.rank(); axis++) {
            starts.add(Math.max(-(long) before.get(axis), 0));
            ends.add(after.get(axis) < 0 ? after.get(axis) : Long.MAX_VALUE);
        }
        return SliceLowering.sliced(
                context, kernels, value, new SliceBounds(starts, ends, Collections.nCopies(value.rank(), 1L)));
    }

    private static List<Integer> positive(EdgeValue amounts) {
        return amounts.integers().stream().map(amount -> Math.max(amount, 0)).toList();
    }
}
