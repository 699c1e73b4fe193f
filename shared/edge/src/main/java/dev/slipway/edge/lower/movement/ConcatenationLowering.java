package dev.slipway.edge.lower.movement;

import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.lower.Lowering;
import dev.slipway.edge.lower.LoweringContext;
import dev.slipway.onnx.OnnxNode;
import java.util.List;
import java.util.stream.IntStream;

/** Concat along one axis. */
final class ConcatenationLowering implements Lowering {
    @Override
    public void lower(OnnxNode node, LoweringContext context) {
        List<EdgeValue> inputs = context.heldAlike(
                node, IntStream.range(0, node.inputs().size()).boxed().toList());
        // Before opset 4 the axis had a default.
        int axis = context.axis(node.integer("axis").orElse(1L), inputs.get(0).rank());
        context.define(node, context.kernels(node).concatenate(inputs, axis));
    }
}
