package dev.slipway.edge.lower.algebra;

import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.graph.Permutation;
import dev.slipway.edge.lower.Lowering;
import dev.slipway.edge.lower.LoweringContext;
import dev.slipway.onnx.OnnxNode;
import dev.slipway.tflite.BuiltinOperator;
import dev.slipway.tflite.OperatorOptions;
import java.util.ArrayList;
import java.util.List;

/** Softmax along one axis; TFLite's is always along the last. */
final class SoftmaxLowering implements Lowering {
    @Override
    public void lower(OnnxNode node, LoweringContext context) {
        EdgeValue input = context.input(node, 0);
        int axis = Math.floorMod(node.integer("axis").orElse(-1L), input.rank());
        Permutation toLast = toLast(axis, input.rank());
        EdgeValue moved = context.kernels(node).transpose(input, toLast);
        EdgeValue result = context.add(
                node, BuiltinOperator.SOFTMAX, new OperatorOptions.Softmax(1), List.of(moved), moved.shape());
        context.define(node, context.kernels(node).transpose(result, toLast.inverse()));
    }

    private static Permutation toLast(int axis, int rank) {
        List<Integer> axes = new ArrayList<>(Permutation.identity(rank).axes());
        axes.remove((Integer) axis);
        axes.add(axis);
        return new Permutation(axes);
    }
}
