package dev.slipway.edge.lower.movement;

import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.graph.Kernels;
import dev.slipway.edge.graph.Length;
import dev.slipway.edge.lower.Lowering;
import dev.slipway.edge.lower.LoweringContext;
import dev.slipway.onnx.OnnxNode;
import java.util.List;
import java.util.Optional;

/** Compress: GATHER at the places where the condition holds. */
final class CompressLowering implements Lowering {
    @Override
    public void lower(OnnxNode node, LoweringContext context) {
        Kernels kernels = context.kernels(node);
        EdgeValue given = context.held(node, 0);
        Optional<Long> named = node.integer("axis");
        EdgeValue value = named.isPresent() ? given : kernels.reshape(given, List.of(Length.fixed(-1)));
        int axis = named.map(number -> context.axis(number, given.rank())).orElse(0);
        EdgeValue rows = new Places(kernels).of(context.input(node, 1));
        EdgeValue indices = kernels.reshape(rows, List.of(Length.fixed(-1)));
        context.define(node, kernels.gather(value, indices, axis));
    }
}
