package dev.slipway.edge.lower.window;

import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.graph.Kernels;
import dev.slipway.edge.graph.Length;
import dev.slipway.tflite.BuiltinOperator;
import dev.slipway.tflite.OperatorOptions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Every so manieth element along an axis. */
final class Slices {
    private Slices() {}

    /** {@code count} elements along the axis, the first at {@code begin}, each {@code stride} behind the one before. */
    static EdgeValue strided(Kernels kernels, EdgeValue value, int axis, int begin, Length count, int stride) {
        Lengths lengths = new Lengths(kernels);
        // Without elements the end would be before the begin, and negative ends count from behind.
        Length end = lengths.atLeast(lengths.plus(lengths.times(lengths.plus(count, -1), stride), begin + 1), begin);
        int rank = value.rank();
        List<Integer> begins = new ArrayList<>(Collections.nCopies(rank, 0));
        begins.set(axis, begin);
        List<Integer> strides = new ArrayList<>(Collections.nCopies(rank, 1));
        strides.set(axis, stride);
        List<Length> ends = new ArrayList<>(Collections.nCopies(rank, Length.fixed(0)));
        ends.set(axis, end);
        List<Integer> shape = new ArrayList<>(value.shape());
        shape.set(axis, count instanceof Length.Fixed fixed ? fixed.value() : -1);
        int others = (1 << rank) - 1 - (1 << axis);
        return kernels.add(
                BuiltinOperator.STRIDED_SLICE,
                new OperatorOptions.StridedSlice(others, others, 0, 0, 0, false),
                List.of(
                        value,
                        EdgeValue.integers("begin", begins),
                        kernels.lengths(ends),
                        EdgeValue.integers("strides", strides)),
                value.type(),
                shape);
    }
}
