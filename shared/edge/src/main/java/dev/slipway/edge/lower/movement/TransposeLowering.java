package dev.slipway.edge.lower.movement;

import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.graph.Kernels;
import dev.slipway.edge.graph.Length;
import dev.slipway.edge.graph.Permutation;
import dev.slipway.edge.lower.Lowering;
import dev.slipway.edge.lower.LoweringContext;
import dev.slipway.onnx.OnnxNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Transpose; without an order it reverses the axes. */
final class TransposeLowering implements Lowering {
    @Override
    public void lower(OnnxNode node, LoweringContext context) {
        EdgeValue input = context.held(node, 0);
        List<Integer> reversed =
                new ArrayList<>(Permutation.identity(input.rank()).axes());
        Collections.reverse(reversed);
        List<Integer> order = node.integers("perm")
                .map(axes -> axes.stream().map(Math::toIntExact).toList())
                .orElse(reversed);
        context.define(node, transposed(context.kernels(node), input, new Permutation(order)));
    }

    private static EdgeValue transposed(Kernels kernels, EdgeValue value, Permutation order) {
        if (value.rank() <= AxisGroups.HIGHEST_TRANSPOSED) {
            return kernels.transpose(value, order);
        }
        AxisGroups groups = AxisGroups.movingTogether(order, value.shape());
        EdgeValue collapsed = groups.collapsed(kernels, value);
        Permutation rest = groups.order(order);
        EdgeValue moved = groups.size() <= AxisGroups.HIGHEST_TRANSPOSED
                ? kernels.transpose(collapsed, rest)
                : oneByOne(kernels, collapsed, rest);
        List<Length> lengths = order.apply(LengthArithmetic.of(value));
        return kernels.reshape(moved, lengths);
    }

    /** Brings one axis after the other to the front, as that takes only three axes at a time. */
    private static EdgeValue oneByOne(Kernels kernels, EdgeValue value, Permutation order) {
        LengthArithmetic arithmetic = new LengthArithmetic(kernels);
        List<Integer> axes = new ArrayList<>(Permutation.identity(order.rank()).axes());
        List<Length> lengths = new ArrayList<>(LengthArithmetic.of(value));
        EdgeValue moved = value;
        for (int i = order.rank() - 1; i >= 0; i--) {
            int place = axes.indexOf(order.source(i));
            moved = kernels.reshape(
                    moved,
                    List.of(
                            arithmetic.product(lengths.subList(0, place)),
                            lengths.get(place),
                            arithmetic.product(lengths.subList(place + 1, lengths.size()))));
            moved = kernels.transpose(moved, Permutation.of(1, 0, 2));
            axes.add(0, axes.remove(place));
            lengths.add(0, lengths.remove(place));
        }
        return moved;
    }
}
