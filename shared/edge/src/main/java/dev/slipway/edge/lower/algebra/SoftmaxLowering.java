package dev.slipway.edge.lower.algebra;

import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.graph.Kernels;
import dev.slipway.edge.lower.Lowering;
import dev.slipway.edge.lower.LoweringContext;
import dev.slipway.onnx.OnnxNode;

/**
 * Softmax, LogSoftmax and Hardmax.
 *
 * @param flattens whether all axes from the given one on are taken as one, as before operator set 13
 */
record SoftmaxLowering(Normaliser normaliser, boolean flattens) implements Lowering {
    /** Something that keeps the shape, along the last axis. */
    @FunctionalInterface
    interface Normaliser {
        EdgeValue apply(Kernels kernels, EdgeValue value);
    }

    @Override
    public void lower(OnnxNode node, LoweringContext context) {
        EdgeValue input = context.input(node, 0);
        Kernels kernels = context.kernels(node);
        if (input.rank() == 0) {
            throw context.refusal("rank", "it normalises a scalar, which has no axis");
        }
        int axis = context.axis(node.integer("axis").orElse(flattens ? 1L : -1L), input.rank());
        context.define(
                node,
                flattens
                        ? LastAxis.overAllFrom(kernels, input, axis, value -> normaliser.apply(kernels, value))
                        : LastAxis.along(kernels, input, axis, value -> normaliser.apply(kernels, value)));
    }
}
