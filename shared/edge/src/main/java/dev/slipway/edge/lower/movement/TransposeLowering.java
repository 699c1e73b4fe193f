package dev.slipway.edge.lower.movement;

import dev.slipway.edge.graph.EdgeValue;
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
        EdgeValue input = context.input(node, 0);
        List<Integer> reversed =
                new ArrayList<>(Permutation.identity(input.rank()).axes());
        Collections.reverse(reversed);
        List<Integer> order = node.integers("perm")
                .map(axes -> axes.stream().map(Math::toIntExact).toList())
                .orElse(reversed);
        context.define(node, context.kernels(node).transpose(input, new Permutation(order)));
    }
}
