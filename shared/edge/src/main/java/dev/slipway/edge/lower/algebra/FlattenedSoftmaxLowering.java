package dev.slipway.edge.lower.algebra;

import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.lower.Lowering;
import dev.slipway.edge.lower.LoweringContext;
import dev.slipway.onnx.OnnxNode;
import dev.slipway.tflite.BuiltinOperator;
import dev.slipway.tflite.OperatorOptions;
import java.util.List;

/** Softmax before operator set 13: over all axes from {@code axis} on, taken as one. */
final class FlattenedSoftmaxLowering implements Lowering {
    @Override
    public void lower(OnnxNode node, LoweringContext context) {
        EdgeValue input = context.input(node, 0);
        int axis = Math.floorMod(node.integer("axis").orElse(1L), input.rank());
        EdgeValue flat = input;
        if (axis != input.rank() - 1) {
            int columns = 1;
            for (int length : input.shape().subList(axis, input.rank())) {
                if (length == -1) {
                    throw context.refusal("open-length", "it flattens axes of which one is open");
                }
                columns *= length;
            }
            flat = context.kernels(node)
                    .reshapeTo(input, EdgeValue.integers("shape", List.of(-1, columns)), List.of(-1, columns));
        }
        EdgeValue result =
                context.add(node, BuiltinOperator.SOFTMAX, new OperatorOptions.Softmax(1), List.of(flat), flat.shape());
        context.define(
                node,
                context.kernels(node).reshapeTo(result, context.kernels(node).shape(input), input.shape()));
    }
}
