package dev.slipway.edge.lower.movement;

import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.graph.Kernels;
import dev.slipway.edge.graph.Length;
import dev.slipway.edge.lower.Lowering;
import dev.slipway.edge.lower.LoweringContext;
import dev.slipway.onnx.OnnxNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Slice: SLICE where it takes neighbours of axes of known length, otherwise STRIDED_SLICE. */
final class SliceLowering implements Lowering {
    @Override
    public void lower(OnnxNode node, LoweringContext context) {
        EdgeValue value = context.held(node, 0);
        Optional<SliceBounds> bounds = SliceBounds.of(node, context, value.rank());
        context.define(
                node,
                bounds.map(known -> sliced(context, context.kernels(node), value, known))
                        .orElseGet(() -> new RuntimeSlice(node, context).of(value)));
    }

    /** The slice of values of any number of axes. */
    static EdgeValue sliced(LoweringContext context, Kernels kernels, EdgeValue value, SliceBounds bounds) {
        Set<Integer> cut = IntStream.range(0, value.rank())
                .filter(axis -> !bounds.isWhole(axis))
                .boxed()
                .collect(Collectors.toSet());
        if (cut.isEmpty()) {
            return value;
        } else if (value.rank() <= AxisGroups.HIGHEST_SLICED) {
            return direct(kernels, value, bounds);
        }
        AxisGroups groups = AxisGroups.apart(cut, value.rank());
        if (groups.size() > AxisGroups.HIGHEST_SLICED) {
            throw context.refusal("rank", "it slices too many of " + value.rank() + " axes at once");
        }
        EdgeValue collapsed = direct(
                kernels,
                groups.collapsed(kernels, value),
                new SliceBounds(at(bounds.starts(), groups), at(bounds.ends(), groups), at(bounds.steps(), groups)));
        List<Length> lengths = new ArrayList<>();
        for (int axis = 0; axis < value.rank(); axis++) {
            lengths.add(cut.contains(axis) ? Length.of(collapsed, groups.group(axis)) : Length.of(value, axis));
        }
        return kernels.reshape(collapsed, lengths);
    }

    private static List<Long> at(List<Long> bounds, AxisGroups groups) {
        return groups.starts().stream().map(bounds::get).toList();
    }

    private static EdgeValue direct(Kernels kernels, EdgeValue value, SliceBounds bounds) {
        boolean plain = IntStream.range(0, value.rank())
                .allMatch(axis -> bounds.isWhole(axis)
                        || (bounds.steps().get(axis) == 1 && value.shape().get(axis) != -1));
        if (!plain) {
            return new StridedSlice(kernels).of(value, bounds);
        }
        List<Integer> begins = new ArrayList<>();
        List<Integer> sizes = new ArrayList<>();
        for (int axis = 0; axis < value.rank(); axis++) {
            int length = value.shape().get(axis);
            begins.add(length == -1 ? 0 : bounds.begin(axis, length));
            sizes.add(length == -1 ? -1 : bounds.size(axis, length));
        }
        return kernels.slice(value, begins, sizes);
    }
}
