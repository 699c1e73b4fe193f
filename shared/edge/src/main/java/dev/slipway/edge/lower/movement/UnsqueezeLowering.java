package dev.slipway.edge.lower.movement;

import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.graph.Kernels;
import dev.slipway.edge.graph.Length;
import dev.slipway.edge.lower.Lowering;
import dev.slipway.edge.lower.LoweringContext;
import dev.slipway.onnx.OnnxNode;
import dev.slipway.tflite.BuiltinOperator;
import dev.slipway.tflite.OperatorOptions;
import dev.slipway.tflite.TensorType;
import java.util.List;

/** Unsqueeze: a reshape, to a computed shape if the axes are computed. */
final class UnsqueezeLowering implements Lowering {
    @Override
    public void lower(OnnxNode node, LoweringContext context) {
        EdgeValue value = context.held(node, 0);
        Kernels kernels = context.kernels(node);
        List<Integer> shape = context.outputShape(node);
        context.define(node, Reshaping.to(kernels, value, shape).orElseGet(() -> {
            if (node.input(1).isPresent() && context.known(node, 1).isEmpty()) {
                return kernels.reshapeTo(value, stretched(node, context, value), shape);
            }
            List<Integer> axes = context.integers(node, "axes", 1).orElseThrow().stream()
                    .map(axis -> context.axis(axis, shape.size()))
                    .toList();
            return kernels.unsqueeze(value, axes);
        }));
    }

    /** A vector with 1 for the axes named, and the value's lengths in order for the others. */
    private static EdgeValue stretched(OnnxNode node, LoweringContext context, EdgeValue value) {
        Kernels kernels = context.kernels(node);
        Length rank = Length.fixed(context.outputShape(node).size());
        EdgeValue named = new RuntimeAxes(kernels)
                .marked(kernels.reshape(context.held(node, 1), List.of(Length.fixed(-1))), rank);
        EdgeValue others = kernels.cast(kernels.unary(BuiltinOperator.LOGICAL_NOT, named), TensorType.INT32);
        EdgeValue counted = kernels.add(
                BuiltinOperator.CUMSUM,
                new OperatorOptions.CumulativeSum(true, false),
                List.of(others, EdgeValue.scalar(TensorType.INT32, 0)),
                TensorType.INT32,
                others.shape());
        // Behind the last axis of the value stands a place that only named axes look at.
        EdgeValue lengths =
                kernels.concatenate(List.of(kernels.shape(value), EdgeValue.integers("one", List.of(1))), 0);
        return kernels.select(named, EdgeValue.scalar(TensorType.INT32, 1), kernels.gather(lengths, counted, 0));
    }
}
