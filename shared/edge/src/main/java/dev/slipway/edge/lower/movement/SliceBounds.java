package dev.slipway.edge.lower.movement;

import dev.slipway.edge.lower.LoweringContext;
import dev.slipway.onnx.OnnxNode;
import dev.slipway.onnx.OnnxTensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * Constant bounds of a slice, for every axis of the value.
 *
 * @param starts as ONNX has them: they may be negative or beyond the axis
 * @param ends likewise
 * @param steps not 0
 */
record SliceBounds(List<Long> starts, List<Long> ends, List<Long> steps) {

    /** Whether the axis is taken as it is. */
    boolean isWhole(int axis) {
        return starts.get(axis) == 0 && ends.get(axis) == Long.MAX_VALUE && steps.get(axis) == 1;
    }

    /** The first index that is taken of an axis of this length; the last one if steps go back. */
    int begin(int axis, int length) {
        long start = counted(starts.get(axis), length);
        return (int) (steps.get(axis) > 0 ? clamp(start, 0, length) : clamp(start, 0, length - 1));
    }

    /** How many indices are taken of an axis of this length. */
    int size(int axis, int length) {
        if (length == 0) {
            return 0;
        }
        long step = steps.get(axis);
        long end = counted(ends.get(axis), length);
        long distance = step > 0
                ? clamp(end, 0, length) - begin(axis, length)
                : begin(axis, length) - clamp(end, -1, length - 1);
        long stride = step == Long.MIN_VALUE ? Long.MAX_VALUE : Math.abs(step);
        return distance <= 0 ? 0 : (int) ((distance - 1) / stride + 1);
    }

    private static long counted(long index, int length) {
        return index < 0 && index != Long.MIN_VALUE ? index + length : index;
    }

    private static long clamp(long value, long low, long high) {
        return Math.max(low, Math.min(high, value));
    }

    /** Of a Slice node; empty if it computes them. */
    static Optional<SliceBounds> of(OnnxNode node, LoweringContext context, int rank) {
        Optional<List<Long>> starts = given(node, context, "starts", 1);
        Optional<List<Long>> ends = given(node, context, "ends", 2);
        boolean computes = (node.input(3).isPresent() && context.known(node, 3).isEmpty())
                || (node.input(4).isPresent() && context.known(node, 4).isEmpty());
        if (starts.isEmpty() || ends.isEmpty() || computes) {
            return Optional.empty();
        }
        List<Integer> axes = axes(node, context, starts.get().size(), rank);
        List<Long> steps = given(node, context, "steps", 4).orElse(Collections.nCopies(axes.size(), 1L));
        List<Long> begin = new ArrayList<>(Collections.nCopies(rank, 0L));
        List<Long> end = new ArrayList<>(Collections.nCopies(rank, Long.MAX_VALUE));
        List<Long> step = new ArrayList<>(Collections.nCopies(rank, 1L));
        for (int i = 0; i < axes.size(); i++) {
            begin.set(axes.get(i), starts.get().get(i));
            end.set(axes.get(i), ends.get().get(i));
            step.set(axes.get(i), steps.get(i));
        }
        return Optional.of(new SliceBounds(begin, end, step));
    }

    /** The axes that a Slice node names by an attribute or a constant, else the first ones. */
    static List<Integer> axes(OnnxNode node, LoweringContext context, int count, int rank) {
        return given(node, context, "axes", 3)
                .map(given ->
                        given.stream().map(axis -> context.axis(axis, rank)).toList())
                .orElseGet(() -> IntStream.range(0, count).boxed().toList());
    }

    private static Optional<List<Long>> given(OnnxNode node, LoweringContext context, String attribute, int input) {
        return node.integers(attribute).or(() -> context.known(node, input)
                .map(OnnxTensor::longs)
                .map(values -> LongStream.of(values).boxed().toList()));
    }
}
