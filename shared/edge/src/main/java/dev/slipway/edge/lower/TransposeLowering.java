package dev.slipway.edge.lower;

import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.graph.Permutation;
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
        context.define(node, context.transpose(input, new Permutation(order)));
    }
}
