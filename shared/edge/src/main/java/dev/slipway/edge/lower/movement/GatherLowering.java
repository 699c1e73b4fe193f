package dev.slipway.edge.lower.movement;

import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.graph.Kernels;
import dev.slipway.edge.graph.Length;
import dev.slipway.edge.lower.Lowering;
import dev.slipway.edge.lower.LoweringContext;
import dev.slipway.onnx.OnnxNode;

/** Gather: GATHER, after negative indices were made to count from the start. */
final class GatherLowering implements Lowering {
    @Override
    public void lower(OnnxNode node, LoweringContext context) {
        Kernels kernels = context.kernels(node);
        EdgeValue value = context.held(node, 0);
        int axis = context.axis(node.integer("axis").orElse(0L), value.rank());
        EdgeValue indices = new Indices(kernels).fromStart(context.held(node, 1), Length.of(value, axis));
        context.define(node, kernels.gather(value, indices, axis));
    }
}
